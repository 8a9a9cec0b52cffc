import type { WitType } from "../model.ts";

/** Integers that JavaScript holds as `number`. */
export type SmallIntegerKind = "s8" | "s16" | "s32" | "u8" | "u16" | "u32";

/** Integers that JavaScript holds as `bigint`. */
export type LargeIntegerKind = "s64" | "u64";

export type IntegerKind = SmallIntegerKind | LargeIntegerKind;

interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
}

const unsigned = (bits: number): IntegerRange => ({ min: 0n, max: 2n ** BigInt(bits) - 1n });
const signed = (bits: number): IntegerRange => ({
  min: -(2n ** BigInt(bits - 1)),
  max: 2n ** BigInt(bits - 1) - 1n,
});

/** The least and the greatest value of each integer type, both included. */
export const integerRanges: Readonly<Record<IntegerKind, IntegerRange>> = {
  s8: signed(8),
  s16: signed(16),
  s32: signed(32),
  s64: signed(64),
  u8: unsigned(8),
  u16: unsigned(16),
  u32: unsigned(32),
  u64: unsigned(64),
};

const typedArrays = {
  s8: Int8Array,
  s16: Int16Array,
  s32: Int32Array,
  s64: BigInt64Array,
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

type NumberKind = keyof typeof typedArrays;

export function isNumberKind(kind: WitType["kind"]): kind is NumberKind {
  return kind in typedArrays;
}

/** Name of the typed array that holds a list of such numbers, e.g. `BigInt64Array`. */
export function typedArrayName(kind: NumberKind): string {
  return typedArrays[kind].name;
}

/**
 * A list as guests receive it: a typed array of numbers, else an array.
 * The items must have been checked against the element type.
 */
export function listOf(element: WitType, items: readonly unknown[]): unknown {
  if (!isNumberKind(element.kind)) return items;
  return element.kind === "s64" || element.kind === "u64"
    ? typedArrays[element.kind].from(items as bigint[])
    : typedArrays[element.kind].from(items as number[]);
}

/** Whether the value is a typed array of exactly this name, of whichever realm. */
export function isTypedArray(value: unknown, name: string): value is ArrayLike<number | bigint> {
  return (
    ArrayBuffer.isView(value) && (value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] === name
  );
}
