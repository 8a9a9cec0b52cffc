import type { WitFunction, WitInterface, WitType } from "../model.ts";
import { ComponentDecodeError } from "./component-decode-error.ts";
import { describeFunctionName, isInterfaceName, isLabel } from "./extern-name.ts";
import type { FunctionType, Item, Resource } from "./scope.ts";

/** Turns what a component imports and exports into the model's functions and interfaces. */
export class ExternConverter {
  readonly #declared = new Set<Resource>();
  readonly #checked = new Set<WitType>();

  /** Gives the resources of an import or export their names, unless an earlier one declared them. */
  declare(name: string, item: Item): void {
    if (item.sort === "instance") {
      for (const [local, member] of item.exports) this.#declareResource(local, name, member);
    } else {
      this.#declareResource(name, null, item);
    }
  }

  interface(id: string, items: ReadonlyMap<string, Item>): WitInterface {
    if (!isInterfaceName(id)) throw unsupported(`"${id}" is not the name of a WIT interface`);
    const types = new Map<string, WitType>();
    const resources: string[] = [];
    const functions = new Map<string, WitFunction>();
    for (const [name, item] of items) {
      if (item.sort === "type" && !isLabel(name))
        throw malformed(`type "${name}" of "${id}" has no kebab-case name`);
      if (item.sort === "function") {
        functions.set(name, this.function(name, item.type));
      } else if (item.sort === "type" && item.type.kind === "value") {
        types.set(name, this.#checkedType(item.type.type, name));
      } else if (item.sort === "type" && item.type.kind === "resource") {
        const { resource } = item.type;
        types.set(name, { kind: "own", resource });
        if (resource.interface === id && resource.name === name) resources.push(name);
      } else {
        const kind = item.sort === "type" ? `${item.type.kind} type` : item.sort;
        throw unsupported(`interface "${id}" has the ${kind} "${name}", which no WIT interface has`);
      }
    }
    return { id, types, resources, functions };
  }

  function(name: string, { params, result }: FunctionType): WitFunction {
    const described = describeFunctionName(name);
    if (described === null) throw unsupported(`"${name}" is not the name of a WIT function`);
    for (const param of params) this.#checkedType(param.type, name);
    if (result !== null) this.#checkedType(result, name);
    if (described.kind !== "method") return { name, ...described, params, result, docs: null };
    const [self, ...others] = params;
    if (self?.type.kind !== "borrow") throw malformed(`method "${name}" does not borrow its resource`);
    return { name, ...described, params: others, result, docs: null };
  }

  #declareResource(name: string, owner: string | null, item: Item): void {
    if (item.sort !== "type" || item.type.kind !== "resource") return;
    const { resource } = item.type;
    if (this.#declared.has(resource)) return;
    this.#declared.add(resource);
    resource.name = name;
    resource.interface = owner;
  }

  /** Guards against a resource that nothing names. Each type is looked at once, however often it is used. */
  #checkedType(type: WitType, user: string): WitType {
    const pending = [type];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (this.#checked.has(next)) continue;
      this.#checked.add(next);
      if ((next.kind === "own" || next.kind === "borrow") && !this.#declared.has(next.resource)) {
        throw malformed(`"${user}" uses a resource type that no import or export declares`);
      }
      for (const part of partsOf(next)) pending.push(part);
    }
    return type;
  }
}

/** The types that a type is directly made of. */
function partsOf(type: WitType): readonly WitType[] {
  switch (type.kind) {
    case "list":
      return [type.element];
    case "tuple":
      return type.items;
    case "option":
      return [type.some];
    case "result":
      return [type.ok, type.err].filter((part) => part !== null);
    case "record":
      return type.fields.map((field) => field.type);
    case "variant":
      return type.cases.map((each) => each.type).filter((part) => part !== null);
    default:
      return [];
  }
}

function malformed(reason: string): ComponentDecodeError {
  return new ComponentDecodeError("malformed", reason, null);
}

function unsupported(reason: string): ComponentDecodeError {
  return new ComponentDecodeError("unsupported", reason, null);
}
