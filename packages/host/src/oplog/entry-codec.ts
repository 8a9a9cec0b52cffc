import { Decoder, Encoder } from "cbor-x";

import type { OplogEntry } from "./entry.ts";

// Floats for all numbers keep -0 and NaN; 64-bit integers are bigint and keep their own form.
const OPTIONS = { alwaysUseFloat: true, tagUint8Array: false, variableMapSize: false } as const;
const encoder = new Encoder(OPTIONS);
const decoder = new Decoder(OPTIONS);

/** Packs the entries of one commit. The inverse of `decodeEntries` for every value that WIT can express. */
export function encodeEntries(entries: readonly OplogEntry[]): Uint8Array {
  return encoder.encode(entries);
}

export function decodeEntries(data: Uint8Array): readonly OplogEntry[] {
  const entries: readonly OplogEntry[] = decoder.decode(data);
  return entries;
}

/** Packs one value of a WIT type, e.g. a queued call. */
export function encodeValue(value: unknown): Uint8Array {
  return encoder.encode(value);
}

export function decodeValue(data: Uint8Array): unknown {
  return decoder.decode(data);
}
