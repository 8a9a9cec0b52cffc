/**
 * The resolved model of WIT: what remains when aliases, `use`, `include` and package look-ups are done with.
 *
 * A type here is self-contained: no names are left to be looked up, apart from resources, which have identity.
 */

/** The kinds of type that carry no further information. */
export const PRIMITIVE_KINDS = [
  "bool",
  "s8",
  "s16",
  "s32",
  "s64",
  "u8",
  "u16",
  "u32",
  "u64",
  "f32",
  "f64",
  "char",
  "string",
] as const;

export type PrimitiveKind = (typeof PRIMITIVE_KINDS)[number];

/** A resolved WIT type. `name` is the kebab-case name it was declared with, `null` for an anonymous type. */
export type WitType =
  | { readonly kind: PrimitiveKind }
  | { readonly kind: "list"; readonly element: WitType }
  | { readonly kind: "tuple"; readonly items: readonly WitType[] }
  | { readonly kind: "option"; readonly some: WitType }
  | { readonly kind: "result"; readonly ok: WitType | null; readonly err: WitType | null }
  | { readonly kind: "record"; readonly name: string | null; readonly fields: readonly WitField[] }
  | { readonly kind: "variant"; readonly name: string | null; readonly cases: readonly WitCase[] }
  | { readonly kind: "enum"; readonly name: string | null; readonly cases: readonly string[] }
  | { readonly kind: "flags"; readonly name: string | null; readonly names: readonly string[] }
  | { readonly kind: "own" | "borrow"; readonly resource: WitResource };

export interface WitField {
  readonly name: string;
  readonly type: WitType;
}

export interface WitCase {
  readonly name: string;
  readonly type: WitType | null;
}

/** A resource type, identified by the interface that declares it (not by one that re-exports it through `use`). */
export interface WitResource {
  readonly name: string;
  /** Identifier of the declaring interface, e.g. `wasi:io/poll@0.2.0`; `null` when declared in a world. */
  readonly interface: string | null;
}

/**
 * A function. `name` is the canonical name: `place`, `[constructor]invoice`, `[method]invoice.amount`,
 * `[static]invoice.total`. A method's `params` do not contain `self`; a constructor's `result` is the owned resource.
 */
export interface WitFunction {
  readonly name: string;
  readonly kind: "freestanding" | "constructor" | "method" | "static";
  /** Kebab-case name of the resource that it belongs to, `null` for a freestanding function. */
  readonly resource: string | null;
  readonly params: readonly WitField[];
  readonly result: WitType | null;
  readonly docs: string | null;
}

/** A resolved interface. */
export interface WitInterface {
  /** `ns:pkg/name@version`, `ns:pkg/name`, or a plain name for an interface written inline in a world. */
  readonly id: string;
  /** Declared and used types by local name; a resource appears as `own`. */
  readonly types: ReadonlyMap<string, WitType>;
  /** Names of the resources that this interface itself declares. */
  readonly resources: readonly string[];
  readonly functions: ReadonlyMap<string, WitFunction>;
}

/** A world item: a whole interface, or a function of the world itself. */
export type WitWorldItem =
  | { readonly kind: "interface"; readonly interface: WitInterface }
  | { readonly kind: "function"; readonly function: WitFunction };

/** A resolved world. Keys are the extern names: `wasi:io/poll@0.2.0`, or a plain name. */
export interface WitWorld {
  /** `ns:pkg/name@version` */
  readonly id: string;
  readonly imports: ReadonlyMap<string, WitWorldItem>;
  readonly exports: ReadonlyMap<string, WitWorldItem>;
}
