import { PRIMITIVE_KINDS, type PrimitiveKind } from "./model.ts";

const PRIMITIVES: ReadonlySet<string> = new Set(PRIMITIVE_KINDS);

const TYPE_CONSTRUCTORS: ReadonlySet<string> = new Set([
  "list",
  "map",
  "option",
  "result",
  "tuple",
  "own",
  "borrow",
  "future",
  "stream",
  "error-context",
]);

const KEYWORDS: ReadonlySet<string> = new Set([
  ...PRIMITIVES,
  ...TYPE_CONSTRUCTORS,
  "as",
  "async",
  "constructor",
  "enum",
  "export",
  "flags",
  "from",
  "func",
  "import",
  "include",
  "interface",
  "package",
  "record",
  "resource",
  "static",
  "type",
  "use",
  "variant",
  "with",
  "world",
]);

/** Every name that a type expression understands without a declaration. */
export const BUILT_IN_TYPES: ReadonlySet<string> = new Set([...PRIMITIVES, ...TYPE_CONSTRUCTORS]);

export function isPrimitive(name: string): name is PrimitiveKind {
  return PRIMITIVES.has(name);
}

/** Whether a name can be an identifier only with a `%` in front. */
export function isKeyword(name: string): boolean {
  return KEYWORDS.has(name);
}
