import { BinaryReader, leb128, PREAMBLE, sectionHead } from "@golem-kit/wit";

/** Sections of a core module, by their numbers in the binary format. */
export const CUSTOM = 0;
export const FUNCTIONS = 3;
export const MEMORIES = 5;
export const GLOBALS = 6;
export const EXPORTS = 7;
export const START = 8;
export const CODE = 10;
export const DATA = 11;
export const DATA_COUNT = 12;

/** Of a component. */
export const CORE_MODULE = 1;

/** A section as it is written. */
export interface Section {
  readonly id: number;
  /** With its number and length. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

/** The sections of a core module or a component, in order. Nothing is copied. */
export function sectionsOf(wasm: Uint8Array): readonly Section[] {
  let from = PREAMBLE;
  return Array.from(new BinaryReader(wasm, PREAMBLE).sections(), ({ id, content, end }) => {
    const section = { id, bytes: wasm.subarray(from, end), content: wasm.subarray(content.position, end) };
    from = end;
    return section;
  });
}

/** Writes a section around parts of its content. */
export function section(id: number, ...content: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const parts = content.map((part) => (part instanceof Uint8Array ? part : Uint8Array.from(part)));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([sectionHead(id, length), ...parts]);
}

/** A module or component of these sections, with the preamble of another one. */
export function withSections(like: Uint8Array, sections: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([like.subarray(0, PREAMBLE), ...sections]);
}

/** The section of exports without those of some names. */
export function withoutExports({ content }: Section, names: ReadonlySet<string>): Uint8Array {
  const reader = new BinaryReader(content);
  const entries = reader.vector(() => {
    const from = reader.position;
    const name = reader.name();
    reader.byte();
    reader.u32();
    return { name, bytes: content.subarray(from, reader.position) };
  });
  const kept = entries.filter(({ name }) => !names.has(name));
  return section(EXPORTS, leb128(kept.length), ...kept.map(({ bytes }) => bytes));
}
