import { describeValue } from "./describe-value.ts";
import { SdkError } from "./sdk-error.ts";

/**
 * Bytes in memory of their own, as web APIs take them.
 *
 * @example
 * ```ts
 * const magic: Bytes = Uint8Array.of(0x25, 0x50, 0x44, 0x46);
 * ```
 */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Refuses what is no bytes: a stream of text has the same type as one of bytes where nobody says what it is of.
 *
 * @throws SdkError `not-bytes`
 */
export function requireBytes(operation: string, chunk: unknown): asserts chunk is Uint8Array {
  if (chunk instanceof Uint8Array) return;
  throw new SdkError({
    code: "not-bytes",
    operation,
    message: `A chunk that is to be written is ${describeValue(chunk)}, and not a Uint8Array. Encode text: new TextEncoder().encode(text).`,
  });
}
