import { SdkError } from "./sdk-error.ts";

/**
 * A part of an object, in bytes. What lies beyond the object's end is left out.
 *
 * @example
 * ```ts
 * const header: ByteRange = { end: 16 };
 * const trailer: ByteRange = { start: -16 };
 * ```
 */
export interface ByteRange {
  /** The first byte; negative ones count from the end. @default 0 */
  readonly start?: number;
  /** The first byte that is *not* part of it; negative ones count from the end. @default the object's size */
  readonly end?: number;
}

/** The bytes of an object of `size` bytes that a range names, as `Array.prototype.slice` would. @throws SdkError `invalid-range` */
export function resolveRange(
  { start = 0, end = Infinity }: ByteRange,
  size: number,
): { start: number; end: number } {
  const from = position(start, size);
  return { start: from, end: Math.max(from, position(end, size)) };
}

/** Cuts a range into consecutive ones of at most `length` bytes; an empty range into none. */
export function* pieces(
  start: number,
  end: number,
  length: number,
): Generator<{ start: number; end: number }> {
  for (let at = start; at < end; at += length) yield { start: at, end: Math.min(at + length, end) };
}

function position(offset: number, size: number): number {
  if (!Number.isInteger(offset) && Math.abs(offset) !== Infinity) {
    throw new SdkError({
      code: "invalid-range",
      operation: "resolveRange",
      message: `${offset} is no position of a byte. Give whole numbers; negative ones count from the end.`,
    });
  }
  return offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
}
