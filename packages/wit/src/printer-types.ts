import type { WitPackageName, WitPath, WitSignature, WitTypeExpression } from "./ast.ts";
import { isKeyword } from "./keywords.ts";

/** An identifier, with `%` where it would read as a keyword. */
export function printName(name: string): string {
  return isKeyword(name) ? `%${name}` : name;
}

/** `wasi:io@0.2.0` */
export function printPackageName({ namespace, name, version }: WitPackageName): string {
  return `${printSegments(namespace, ":")}:${printSegments(name, "/")}${printVersion(version)}`;
}

/** `poll` or `wasi:io/poll@0.2.0` */
export function printPath(path: WitPath): string {
  if (path.package === undefined) return printName(path.name);
  const { version, ...name } = path.package;
  return `${printPackageName(name)}/${printName(path.name)}${printVersion(version)}`;
}

function printSegments(names: string, separator: string): string {
  return names.split(separator).map(printName).join(separator);
}

function printVersion(version: string | undefined): string {
  return version === undefined ? "" : `@${version}`;
}

/** `(a: u32) -> string` */
export function printSignature({ params, result }: WitSignature): string {
  const list = params.map(({ name, type }) => `${printName(name)}: ${printType(type)}`).join(", ");
  return `(${list})${result === undefined ? "" : ` -> ${printType(result)}`}`;
}

/** `func(a: u32) -> string`, with `async` where it is. */
export function printFunctionType(signature: WitSignature): string {
  return `${signature.async ? "async " : ""}func${printSignature(signature)}`;
}

/** `list<tuple<string, u32>>` */
export function printType(type: WitTypeExpression): string {
  switch (type.kind) {
    case "named":
      return printName(type.name);
    case "own":
    case "borrow":
      return `${type.kind}<${printName(type.resource)}>`;
    case "list":
      return `list<${printType(type.element)}${type.length === undefined ? "" : `, ${type.length}`}>`;
    case "map":
      return `map<${printType(type.key)}, ${printType(type.value)}>`;
    case "option":
      return `option<${printType(type.some)}>`;
    case "tuple":
      return `tuple<${type.items.map(printType).join(", ")}>`;
    case "result": {
      const ok = type.ok === undefined ? "_" : printType(type.ok);
      if (type.err !== undefined) return `result<${ok}, ${printType(type.err)}>`;
      return type.ok === undefined ? "result" : `result<${ok}>`;
    }
    case "future":
    case "stream":
      return type.element === undefined ? type.kind : `${type.kind}<${printType(type.element)}>`;
    default:
      return type.kind;
  }
}
