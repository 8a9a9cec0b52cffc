import type { WitPosition, WitTypeDeclaration, WitTypeExpression } from "./ast.ts";
import type { WitResource, WitType } from "./model.ts";
import type { TypeScope } from "./resolve-scope.ts";
import type { WitError } from "./wit-error.ts";

/** The engine's limit: flags are passed as one 32-bit number. */
const MAX_FLAGS = 32;

/** The type that an expression means in a scope. */
export function resolveType(expression: WitTypeExpression, scope: TypeScope): WitType {
  const resolve = (part: WitTypeExpression): WitType => resolveType(part, scope);
  switch (expression.kind) {
    case "named":
      return scope.type(expression.name, expression.at);
    case "own":
    case "borrow": {
      const { kind, resource, at } = expression;
      return { kind, resource: resolveResource(resource, at, scope) };
    }
    case "list":
      if (expression.length !== undefined) throw unsupported("list of a fixed length", expression, scope);
      return { kind: "list", element: resolve(expression.element) };
    case "option":
      return { kind: "option", some: resolve(expression.some) };
    case "tuple":
      if (expression.items.length === 0) {
        throw scope.error("invalid-type", "a tuple needs at least one type", "tuple", expression.at);
      }
      return { kind: "tuple", items: expression.items.map(resolve) };
    case "result": {
      const { ok, err } = expression;
      return { kind: "result", ok: ok ? resolve(ok) : null, err: err ? resolve(err) : null };
    }
    case "map":
    case "future":
    case "stream":
    case "error-context":
      throw unsupported(`type \`${expression.kind}\``, expression, scope);
    default:
      return { kind: expression.kind };
  }
}

/**
 * The type that a declaration makes.
 *
 * @param owner Identifier of the interface that the declaration stands in, `null` in a world.
 */
export function resolveDeclaration(
  declaration: WitTypeDeclaration,
  owner: string | null,
  scope: TypeScope,
): WitType {
  const { name } = declaration;
  switch (declaration.kind) {
    case "type":
      return resolveType(declaration.type, scope);
    case "record": {
      const fields = members(declaration, declaration.fields, "a field", scope);
      return {
        kind: "record",
        name,
        fields: fields.map((field) => ({ name: field.name, type: resolveType(field.type, scope) })),
      };
    }
    case "variant": {
      const cases = members(declaration, declaration.cases, "a case", scope);
      return {
        kind: "variant",
        name,
        cases: cases.map((each) => ({
          name: each.name,
          type: each.type ? resolveType(each.type, scope) : null,
        })),
      };
    }
    case "enum":
      return {
        kind: "enum",
        name,
        cases: members(declaration, declaration.cases, "a case", scope).map((each) => each.name),
      };
    case "flags": {
      const names = members(declaration, declaration.names, "a flag", scope).map((each) => each.name);
      if (names.length > MAX_FLAGS) {
        const problem = `flags \`${name}\` has ${names.length} names; at most ${MAX_FLAGS} are possible: split it`;
        throw scope.error("invalid-type", problem, name, declaration.at);
      }
      return { kind: "flags", name, names };
    }
    case "resource":
      return { kind: "own", resource: { name, interface: owner } };
  }
}

/** The members of a declaration, once they are known to be there and distinct. */
function members<T extends { readonly name: string; readonly at?: WitPosition }>(
  { kind, name, at }: WitTypeDeclaration,
  items: readonly T[],
  what: string,
  scope: TypeScope,
): readonly T[] {
  if (items.length === 0)
    throw scope.error("invalid-type", `${kind} \`${name}\` needs at least ${what}`, name, at);
  scope.checkDistinct(items, `${what} of ${kind} \`${name}\``);
  return items;
}

function resolveResource(name: string, at: WitPosition | undefined, scope: TypeScope): WitResource {
  const type = scope.type(name, at);
  if (type.kind === "own") return type.resource;
  throw scope.error(
    "invalid-type",
    `\`${name}\` is a ${type.kind}, not a resource, and has no handles`,
    name,
    at,
  );
}

function unsupported(what: string, { kind, at }: WitTypeExpression, scope: TypeScope): WitError {
  return scope.error("unsupported", `Golem 1.2 has no ${what}`, kind, at);
}
