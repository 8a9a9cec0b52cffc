import { decodeValue, encodeValue } from "../ground/value-codec.ts";
import type { OplogEntry } from "./entry.ts";

/** Packs the entries of one commit. */
export function encodeEntries(entries: readonly OplogEntry[]): Uint8Array {
  return encodeValue(entries);
}

export function decodeEntries(data: Uint8Array): readonly OplogEntry[] {
  return decodeValue(data) as readonly OplogEntry[];
}
