import type { WitInterfaceItem, WitSignature, WitTypeDeclaration, WitTypeExpression } from "../ast.ts";

/** The names that a type expression refers to. */
function typeNames(type: WitTypeExpression): readonly string[] {
  switch (type.kind) {
    case "named":
      return [type.name];
    case "own":
    case "borrow":
      return [type.resource];
    case "list":
      return typeNames(type.element);
    case "map":
      return [...typeNames(type.key), ...typeNames(type.value)];
    case "option":
      return typeNames(type.some);
    case "tuple":
      return type.items.flatMap(typeNames);
    case "result":
      return [type.ok, type.err].flatMap(optionalNames);
    case "future":
    case "stream":
      return optionalNames(type.element);
    default:
      return [];
  }
}

export function signatureNames({ params, result }: WitSignature): readonly string[] {
  return [...params.flatMap(({ type }) => typeNames(type)), ...optionalNames(result)];
}

/** The names that a type declaration refers to, without the functions of a resource. */
export function declarationNames(declaration: WitTypeDeclaration): readonly string[] {
  switch (declaration.kind) {
    case "type":
      return typeNames(declaration.type);
    case "record":
      return declaration.fields.flatMap(({ type }) => typeNames(type));
    case "variant":
      return declaration.cases.flatMap(({ type }) => optionalNames(type));
    case "enum":
    case "flags":
    case "resource":
      return [];
  }
}

export function isTypeDeclaration(item: { readonly kind: string }): item is WitTypeDeclaration {
  return ["type", "record", "variant", "enum", "flags", "resource"].includes(item.kind);
}

/** The names of types that an interface declares or takes over with `use`. */
export function declaredNames(items: readonly WitInterfaceItem[]): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === "use") return item.names.map(({ name, as = name }) => as);
    return item.kind === "func" ? [] : [item.name];
  });
}

function optionalNames(type: WitTypeExpression | undefined): readonly string[] {
  return type === undefined ? [] : typeNames(type);
}
