/** Bytes of the magic number and version that core modules and components begin with. */
export const PREAMBLE = 8;

/** An unsigned number as WebAssembly's binary format writes it. */
export function leb128(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

/** What a section of a core module or a component begins with: its number, and the bytes of what follows. */
export function sectionHead(id: number, length: number): Uint8Array {
  return Uint8Array.from([id, ...leb128(length)]);
}
