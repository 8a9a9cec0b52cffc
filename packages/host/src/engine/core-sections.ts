import { BinaryReader, leb128, PREAMBLE, sectionHead } from "@golem-kit/wit";

/** Sections of a core module, by their numbers. */
export const CORE_SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  code: 10,
} as const;

/** In the order in which they must stand; custom sections may be anywhere. */
const ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

interface CoreSection {
  readonly id: number;
  readonly content: Uint8Array;
}

/** The sections of a core module, to be changed and written again. */
export class CoreSections {
  readonly #sections: CoreSection[];

  constructor(module: Uint8Array) {
    this.#sections = Array.from(new BinaryReader(module, PREAMBLE).sections(), ({ id, content, end }) => ({
      id,
      content: module.subarray(content.position, end),
    }));
  }

  /** The content of a section; `undefined` if there is none. */
  get(id: number): Uint8Array | undefined {
    return this.#sections.find((section) => section.id === id)?.content;
  }

  /** How many elements a section has that begins with their number. */
  count(id: number): number {
    const content = this.get(id);
    return content === undefined ? 0 : new BinaryReader(content).u32();
  }

  set(id: number, content: Uint8Array): void {
    const at = this.#sections.findIndex((section) => section.id === id);
    if (at !== -1) {
      this.#sections[at] = { id, content };
      return;
    }
    const rank = ORDER.indexOf(id);
    const next = this.#sections.findIndex((section) => ORDER.indexOf(section.id) > rank);
    this.#sections.splice(next === -1 ? this.#sections.length : next, 0, { id, content });
  }

  remove(id: number): void {
    const at = this.#sections.findIndex((section) => section.id === id);
    if (at !== -1) this.#sections.splice(at, 1);
  }

  /** Adds a custom section before another one. */
  insertBefore(id: number, content: Uint8Array): void {
    const at = this.#sections.findIndex((section) => section.id === id);
    this.#sections.splice(at, 0, { id: CORE_SECTION.custom, content });
  }

  /** Adds an element at the end of a section, which is made if need be. */
  append(id: number, element: readonly number[]): void {
    const content = this.get(id) ?? Uint8Array.of(0);
    const reader = new BinaryReader(content);
    const count = reader.u32();
    const others = content.subarray(reader.position);
    this.set(id, Buffer.concat([Uint8Array.from(leb128(count + 1)), others, Uint8Array.from(element)]));
  }

  /** @param preamble magic number and version */
  write(preamble: Uint8Array): Uint8Array<ArrayBuffer> {
    const parts = this.#sections.flatMap(({ id, content }) => [sectionHead(id, content.length), content]);
    return Buffer.concat([preamble, ...parts]);
  }
}
