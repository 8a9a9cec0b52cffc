/** Marks what JSON has no word for: `{ "$": "date", "of": "2026-01-01T00:00:00.000Z" }`. */
export const TAG = "$";

/** The arrays of numbers that are written with their elements; bytes are written as text. */
export const NUMBER_ARRAYS = {
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

/** The errors of the language, by name. Those of classes of one's own would come back as another class. */
export const ERRORS = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
} as const;

export type NumberArrayName = keyof typeof NUMBER_ARRAYS;
export type ErrorName = keyof typeof ERRORS | "AggregateError";

/** Keys of an object with what is written of their values. */
export type Entries = readonly (readonly [string, unknown])[];

/** How values stand in JSON that it has no word for. What is nested in them is written by the same rule. */
export type TaggedValue =
  | { readonly [TAG]: "undefined" }
  | { readonly [TAG]: "bigint" | "number"; readonly of: string }
  /** Base64; a list of numbers as former versions wrote it. */
  | { readonly [TAG]: "bytes"; readonly of: string | readonly number[] }
  | { readonly [TAG]: "buffer"; readonly of: string }
  | { readonly [TAG]: NumberArrayName; readonly of: readonly unknown[] }
  /** ISO 8601; `null` for an invalid one. */
  | { readonly [TAG]: "date"; readonly of: string | null }
  | { readonly [TAG]: "map"; readonly of: readonly (readonly [unknown, unknown])[] }
  | { readonly [TAG]: "set"; readonly of: readonly unknown[] }
  | { readonly [TAG]: "url"; readonly of: string }
  | { readonly [TAG]: "regexp"; readonly of: readonly [source: string, flags: string] }
  | { readonly [TAG]: "error"; readonly of: readonly [ErrorName, Entries] }
  /** An object that has a key `$` itself. */
  | { readonly [TAG]: "object"; readonly of: Entries };
