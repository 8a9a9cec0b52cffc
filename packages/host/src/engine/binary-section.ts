import { leb128 } from "./leb128.ts";

/** Bytes of the magic number and version that core modules and components begin with. */
export const PREAMBLE = 8;

/** A section of a core module or a component, as it is written. */
export function sectionOf(id: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.from([id, ...leb128(content.length)]), content]);
}
