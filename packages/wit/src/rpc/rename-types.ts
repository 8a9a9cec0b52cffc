import type { WitSignature, WitTypeExpression } from "../ast.ts";

/** New names of types; a name that is not among them stays. */
export type TypeRenames = ReadonlyMap<string, string>;

function renameType(type: WitTypeExpression, renames: TypeRenames): WitTypeExpression {
  const rename = (part: WitTypeExpression): WitTypeExpression => renameType(part, renames);
  switch (type.kind) {
    case "named":
      return { kind: "named", name: renames.get(type.name) ?? type.name };
    case "own":
    case "borrow":
      return { kind: type.kind, resource: renames.get(type.resource) ?? type.resource };
    case "list":
      return { ...type, element: rename(type.element) };
    case "map":
      return { kind: "map", key: rename(type.key), value: rename(type.value) };
    case "option":
      return { kind: "option", some: rename(type.some) };
    case "tuple":
      return { kind: "tuple", items: type.items.map(rename) };
    case "result":
      return {
        kind: "result",
        ...(type.ok !== undefined && { ok: rename(type.ok) }),
        ...(type.err !== undefined && { err: rename(type.err) }),
      };
    case "future":
    case "stream":
      return { kind: type.kind, ...(type.element !== undefined && { element: rename(type.element) }) };
    default:
      return type;
  }
}

export function renameSignature({ params, result }: WitSignature, renames: TypeRenames): WitSignature {
  return {
    params: params.map(({ name, type }) => ({ name, type: renameType(type, renames) })),
    ...(result !== undefined && { result: renameType(result, renames) }),
  };
}
