import type { WitPosition, WitResourceItem, WitSignature } from "./ast.ts";
import type { WitFunction, WitType } from "./model.ts";
import type { TypeScope } from "./resolve-scope.ts";
import { resolveType } from "./resolve-types.ts";

/** A function as it is declared, before its types are looked up. */
export interface FunctionDeclaration {
  readonly name: string;
  readonly signature: WitSignature;
  readonly docs?: string;
  readonly at?: WitPosition;
}

/** A function of an interface or world. */
export function resolveFunction(declaration: FunctionDeclaration, scope: TypeScope): WitFunction {
  return {
    name: declaration.name,
    kind: "freestanding",
    resource: null,
    ...resolveSignature(declaration, declaration.name, scope),
  };
}

/** The constructor, methods and static functions of a resource; names are as in {@link WitFunction}. */
export function resolveResourceFunctions(
  resource: string,
  items: readonly WitResourceItem[],
  scope: TypeScope,
): WitFunction[] {
  const local = items.map((item) => ({
    name: item.kind === "constructor" ? "constructor" : item.name,
    ...(item.at && { at: item.at }),
  }));
  scope.checkDistinct(local, `a function of resource \`${resource}\``);
  return items.map((item) => {
    const name =
      item.kind === "constructor" ? `[constructor]${resource}` : `[${item.kind}]${resource}.${item.name}`;
    const signature = resolveSignature(item, name, scope);
    const { kind, at } = item;
    if (kind === "method") {
      const self = item.signature.params.find((param) => param.name === "self");
      if (self === undefined) return { name, kind, resource, ...signature };
      const problem = `a method has a parameter \`self\` already: leave it out of \`${name}\``;
      throw scope.error("duplicate-name", problem, "self", self.at);
    }
    if (kind === "static") return { name, kind, resource, ...signature };
    const result = signature.result ?? scope.type(resource, at);
    if (signature.result === null || result.kind === "result") {
      return { name, kind, resource, ...signature, result };
    }
    const problem = `a constructor returns nothing or a \`result\`: use a static function of \`${resource}\` instead`;
    throw scope.error("invalid-type", problem, "constructor", at);
  });
}

function resolveSignature(
  { signature, docs = null, at }: Omit<FunctionDeclaration, "name" | "docs"> & { docs?: string | null },
  name: string,
  scope: TypeScope,
): Pick<WitFunction, "params" | "result" | "docs"> {
  if (signature.async) {
    throw scope.error(
      "unsupported",
      `\`${name}\` is \`async\`, which Golem 1.2 does not know: leave the word out`,
      name,
      at,
    );
  }
  scope.checkDistinct(signature.params, `a parameter of \`${name}\``);
  const result = signature.result === undefined ? null : resolveType(signature.result, scope);
  if (result !== null && containsBorrow(result)) {
    const problem = `\`${name}\` returns a \`borrow\`, which ends with the call: return the resource itself`;
    throw scope.error("invalid-type", problem, name, at);
  }
  return {
    params: signature.params.map((param) => ({ name: param.name, type: resolveType(param.type, scope) })),
    result,
    docs,
  };
}

function containsBorrow(type: WitType): boolean {
  switch (type.kind) {
    case "borrow":
      return true;
    case "list":
      return containsBorrow(type.element);
    case "option":
      return containsBorrow(type.some);
    case "tuple":
      return type.items.some(containsBorrow);
    case "result":
      return [type.ok, type.err].some((part) => part !== null && containsBorrow(part));
    case "record":
      return type.fields.some((field) => containsBorrow(field.type));
    case "variant":
      return type.cases.some((each) => each.type !== null && containsBorrow(each.type));
    default:
      return false;
  }
}
