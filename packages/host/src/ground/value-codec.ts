import { Decoder, Encoder } from "cbor-x";

// Floats for all numbers keep -0 and NaN; 64-bit integers are bigint and keep their own form.
const OPTIONS = { alwaysUseFloat: true, tagUint8Array: false, variableMapSize: false } as const;
const encoder = new Encoder(OPTIONS);
const decoder = new Decoder(OPTIONS);

/** Packs one value. The inverse of `decodeValue` for every value that WIT can express. */
export function encodeValue(value: unknown): Uint8Array {
  return encoder.encode(value);
}

export function decodeValue(data: Uint8Array): unknown {
  return decoder.decode(data);
}
