import { getInsecureRandomBytes, getInsecureRandomU64 } from "wasi:random/insecure@0.2.0";
import { insecureSeed as wasiInsecureSeed } from "wasi:random/insecure-seed@0.2.0";
import { getRandomBytes, getRandomU64 } from "wasi:random/random@0.2.0";

import type { Bytes } from "./bytes.ts";
import { SdkError } from "./sdk-error.ts";

export type { Bytes } from "./bytes.ts";

/** Asked for at once: a copy of each piece is kept in the oplog. */
const LARGEST_REQUEST = 1_048_576;

const TWO_TO_THE_64 = 2n ** 64n;

/**
 * Views of integers that {@link getRandomValues} fills.
 *
 * @example
 * ```ts
 * const salt: IntegerArray = getRandomValues(new Uint8Array(16));
 * ```
 */
export type IntegerArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/**
 * Bytes fit for secrets. They are recorded: a replay gives the same ones, and whoever can read the oplog can read them.
 *
 * Stands on `wasi:random/random.get-random-bytes`.
 *
 * @throws SdkError `invalid-length`
 * @example
 * ```ts
 * const token = btoa(String.fromCharCode(...randomBytes(32)));
 * ```
 */
export function randomBytes(length: number): Bytes {
  return bytes("randomBytes", length, getRandomBytes);
}

/**
 * Fills a view with random integers and returns it, as `crypto.getRandomValues` does, but of any length.
 *
 * Stands on `wasi:random/random.get-random-bytes`.
 *
 * @example
 * ```ts
 * const [dice = 0] = getRandomValues(new Uint32Array(1));
 * ```
 */
export function getRandomValues<View extends IntegerArray>(view: View): View {
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(randomBytes(view.byteLength));
  return view;
}

/**
 * A UUID of version 4, as `crypto.randomUUID` makes it. For a key by which another system recognises a repeated request
 * take `idempotencyKey()` of `@golem-kit/sdk/durability`.
 *
 * Stands on `wasi:random/random.get-random-bytes`.
 *
 * @example
 * ```ts
 * const orderId = randomUUID(); // 6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a
 * ```
 */
export function randomUUID(): `${string}-${string}-${string}-${string}-${string}` {
  const view = new DataView(randomBytes(16).buffer);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x40);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from({ length: 8 }, (_, at) =>
    view
      .getUint16(at * 2)
      .toString(16)
      .padStart(4, "0"),
  );
  const [a, b, c, d, e, f, g, h] = hex;
  return `${a}${b}-${c}-${d}-${e}-${f}${g}${h}`;
}

/**
 * An integer from `min` up to, not including, `max`, each equally likely.
 *
 * Stands on `wasi:random/random.get-random-u64`.
 *
 * @param min inclusive
 * @param max exclusive
 * @throws SdkError `invalid-range` unless both are safe integers, `min` less than `max`
 * @example
 * ```ts
 * const dice = randomInt(1, 7);
 * ```
 */
export function randomInt(min: number, max: number): number {
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min >= max) {
    throw new SdkError({
      code: "invalid-range",
      operation: "randomInt",
      message: `There is no integer from ${min} up to, not including, ${max}. Give two safe integers, the smaller first.`,
    });
  }
  const size = BigInt(max) - BigInt(min);
  // Numbers beyond the last whole multiple would make the first ones likelier.
  const limit = TWO_TO_THE_64 - (TWO_TO_THE_64 % size);
  let drawn = getRandomU64();
  while (drawn >= limit) drawn = getRandomU64();
  return Number(BigInt(min) + (drawn % size));
}

/**
 * 64 random bits, fit for secrets.
 *
 * Stands on `wasi:random/random.get-random-u64`.
 *
 * @example
 * ```ts
 * const nonce = randomU64().toString(16);
 * ```
 */
export function randomU64(): bigint {
  return getRandomU64();
}

/**
 * Bytes that may be predictable: for tests and shuffles, never for secrets. Recorded like others.
 *
 * Stands on `wasi:random/insecure.get-insecure-random-bytes`.
 *
 * @throws SdkError `invalid-length`
 * @example
 * ```ts
 * const noise = insecureRandomBytes(1_024);
 * ```
 */
export function insecureRandomBytes(length: number): Bytes {
  return bytes("insecureRandomBytes", length, getInsecureRandomBytes);
}

/**
 * 64 bits that may be predictable.
 *
 * Stands on `wasi:random/insecure.get-insecure-random-u64`.
 *
 * @example
 * ```ts
 * const heads = (insecureRandomU64() & 1n) === 1n;
 * ```
 */
export function insecureRandomU64(): bigint {
  return getInsecureRandomU64();
}

/**
 * 128 bits to seed a generator of one's own with, such as one for hash tables. Two calls may give the same.
 *
 * Stands on `wasi:random/insecure-seed.insecure-seed`.
 *
 * @example
 * ```ts
 * const [high, low] = insecureSeed();
 * ```
 */
export function insecureSeed(): readonly [bigint, bigint] {
  return wasiInsecureSeed();
}

function bytes(operation: string, length: number, draw: (length: bigint) => Uint8Array): Bytes {
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new SdkError({
      code: "invalid-length",
      operation,
      message: `${length} is no number of bytes. Give a whole number, 0 or more.`,
    });
  }
  const all = new Uint8Array(length);
  for (let at = 0; at < length; at += LARGEST_REQUEST) {
    all.set(draw(BigInt(Math.min(LARGEST_REQUEST, length - at))), at);
  }
  return all;
}
