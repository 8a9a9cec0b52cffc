import {
  camelCase,
  nearestName,
  parseWitId,
  type WitFunction,
  type WitInterface,
  type WitWorld,
  pascalCase,
} from "@golem-kit/wit";
import type { Class, Node, ObjectExpression } from "estree";
import { BuildError, type BuildErrorCode } from "../build-error.ts";
import type { GeneratedCode } from "../bundle/generated-code.ts";
import {
  type Arity,
  arityOf,
  exportedValues,
  staticValue,
  type StaticValue,
  topLevelBindings,
} from "./exported-value.ts";

/**
 * Checks that a program offers what its world exports: an object for each interface, with its functions and the classes of its
 * resources, and each function with as many parameters as its WIT.
 *
 * @param entry the program's main file, as messages show it
 * @throws BuildError `missing-export` or `wrong-arity`
 */
export function checkExports(code: GeneratedCode, world: WitWorld, entry: string): void {
  new ExportCheck(code, entry).checkWorld(world);
}

/** Members by name, with what is known of them. */
type Members = ReadonlyMap<string, StaticValue>;

class ExportCheck {
  readonly #code: GeneratedCode;
  readonly #entry: string;
  readonly #bindings: ReadonlyMap<string, Node>;

  constructor(code: GeneratedCode, entry: string) {
    this.#code = code;
    this.#entry = entry;
    this.#bindings = topLevelBindings(code.program);
  }

  checkWorld(world: WitWorld): void {
    const values = exportedValues(this.#code.program);
    for (const [name, item] of world.exports) {
      if (item.kind === "function") {
        const value = values.get(camelCase(name));
        if (value === undefined)
          throw this.#missing(`function \`${camelCase(name)}\``, camelCase(name), values, world.id);
        this.#checkFunction(value, item.function, camelCase(name));
        continue;
      }
      const key = camelCase(parseWitId(name)?.name ?? name);
      const value = values.get(name) ?? values.get(key);
      if (value === undefined) throw this.#missingInterface(key, item.interface, values);
      this.#checkInterface(value, item.interface, key);
    }
  }

  #checkInterface(value: StaticValue, { id, functions, resources }: WitInterface, key: string): void {
    if (value.kind === "unknown") return;
    if (value.kind !== "object") {
      throw this.#error(
        "missing-export",
        `\`${key}\` must be an object with the functions of \`${id}\``,
        value.node,
      );
    }
    const members = this.#objectMembers(value.node);
    if (members === undefined) return;
    for (const each of functions.values()) {
      if (each.kind !== "freestanding") continue;
      const name = camelCase(each.name);
      const member = members.get(name);
      if (member === undefined)
        throw this.#missing(`function \`${name}\``, name, members, id, value.node, `\`${key}\``);
      this.#checkFunction(member, each, `${key}.${name}`);
    }
    for (const resource of resources) {
      const name = pascalCase(resource);
      const member = members.get(name);
      if (member === undefined)
        throw this.#missing(`class \`${name}\``, name, members, id, value.node, `\`${key}\``);
      this.#checkClass(
        member,
        [...functions.values()].filter((each) => each.resource === resource),
        name,
      );
    }
  }

  #checkClass(value: StaticValue, functions: readonly WitFunction[], name: string): void {
    if (value.kind === "unknown") return;
    if (value.kind !== "class") {
      throw this.#error("missing-export", `\`${name}\` must be a class: it is a resource`, value.node);
    }
    const inherits = value.node.superClass !== null && value.node.superClass !== undefined;
    const members = classMembers(value.node);
    for (const each of functions) {
      if (each.kind === "constructor") {
        const constructor = members.get("constructor");
        if (constructor !== undefined) this.#checkFunction(constructor, each, `new ${name}`);
        else if (!inherits && each.params.length > 0)
          throw this.#wrongArity({ min: 0, max: 0 }, each, `new ${name}`, value.node);
        continue;
      }
      const method = camelCase(each.name.slice(each.name.indexOf(".") + 1));
      const key = each.kind === "static" ? `static ${method}` : method;
      const member = members.get(key);
      if (member !== undefined) this.#checkFunction(member, each, `${name}.${method}`);
      else if (!inherits) {
        const what = each.kind === "static" ? `static method \`${method}\`` : `method \`${method}\``;
        throw this.#missing(what, key, members, each.name, value.node, `class \`${name}\``);
      }
    }
  }

  #checkFunction(value: StaticValue, declared: WitFunction, name: string): void {
    if (value.kind === "unknown") return;
    if (value.kind !== "function") {
      throw this.#error("missing-export", `\`${name}\` must be a function`, value.node);
    }
    const arity = arityOf(value.node);
    const count = declared.params.length;
    if (count < arity.min || count > arity.max) throw this.#wrongArity(arity, declared, name, value.node);
  }

  #objectMembers(node: ObjectExpression): Members | undefined {
    const members = new Map<string, StaticValue>();
    for (const property of node.properties) {
      if (property.type === "SpreadElement") return undefined;
      const key = memberName(property.key, property.computed);
      if (key !== undefined) members.set(key, staticValue(property.value, this.#bindings));
    }
    return members;
  }

  #missing(
    what: string,
    name: string,
    known: Members,
    source: string,
    node?: Node,
    owner = "the program",
  ): BuildError {
    const nearest = nearestName(name, known.keys());
    const hint = nearest === undefined ? "Add it." : `Did you mean it by \`${nearest}\`?`;
    return this.#error("missing-export", `${owner} has no ${what}, which \`${source}\` asks for`, node, hint);
  }

  #missingInterface(key: string, { id, functions }: WitInterface, known: Members): BuildError {
    const members = [...functions.values()]
      .filter(({ kind }) => kind === "freestanding")
      .map(({ name }) => camelCase(name));
    const nearest = nearestName(key, known.keys());
    const outside = members.filter((name) => known.has(name));
    const hint =
      nearest !== undefined
        ? `Did you mean it by \`${nearest}\`?`
        : `${outside.length > 0 ? `\`${outside.join("`, `")}\` must be inside it. ` : ""}Write: export const ${key} = { ${members.join(", ")} };`;
    return this.#error(
      "missing-export",
      `the program does not export \`${key}\`, the object for \`${id}\``,
      undefined,
      hint,
    );
  }

  #wrongArity(
    { min, max }: Arity,
    { params, name: declared }: WitFunction,
    name: string,
    node: Node,
  ): BuildError {
    const takes =
      min === max ? `${min}` : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
    const wanted = params.length === 0 ? "none" : params.map((param) => camelCase(param.name)).join(", ");
    return this.#error(
      "wrong-arity",
      `\`${name}\` takes ${takes} parameter${takes === "1" ? "" : "s"}, but \`${declared}\` has ${params.length} in its WIT`,
      node,
      `Its parameters are: ${wanted}. Name one that you do not need with a leading underscore.`,
    );
  }

  #error(code: BuildErrorCode, problem: string, node?: Node, hint?: string): BuildError {
    const place = node === undefined ? undefined : this.#code.placeOf(node);
    return new BuildError(code, problem, { ...(place ?? { file: this.#entry }), hint });
  }
}

/** Methods by name, statics as `static name`. */
function classMembers({ body }: Class): Members {
  const members = new Map<string, StaticValue>();
  for (const member of body.body) {
    if (member.type === "StaticBlock" || member.key.type === "PrivateIdentifier") continue;
    const name = memberName(member.key, member.computed);
    if (name === undefined || !member.value) continue;
    const key = member.static ? `static ${name}` : name;
    members.set(key, staticValue(member.value, new Map()));
  }
  return members;
}

function memberName(key: Node, computed: boolean): string | undefined {
  if (key.type === "Literal") return String(key.value);
  return key.type === "Identifier" && !computed ? key.name : undefined;
}
