import { BinaryReader, PREAMBLE } from "@golem-kit/wit";

import { CORE_SECTION, CoreSections } from "./core-sections.ts";

const PAGE = 65_536;
/** Bytes that an image has or has not; those that are zero are left out. */
const BLOCK = 4_096;
const ZERO = Buffer.alloc(BLOCK);

/**
 * Data of fewer bytes stay in their module. An engine that was initialised with a program has megabytes of them, and they are
 * all that another program changes.
 */
const SMALLEST = 2 ** 20;

/** A larger memory stays in its module: it is not to be looked through. */
const MOST_PAGES = 4_096;

const DATA = 11;
const DATA_COUNT = 12;
const ACTIVE = 0;
const I32_CONST = 0x41;
const END = 0x0b;
const EXPORTED_MEMORY = 2;

/** What a core instance finds in its memory. It can be posted to other threads, and is not copied. */
export interface MemoryImage {
  /** Name of the exported memory. */
  readonly memory: string;
  /** Of 64 KiB, at first. */
  readonly pages: number;
  /** The parts that are not zero, one after the other. */
  readonly bytes: SharedArrayBuffer;
  readonly parts: readonly { readonly address: number; readonly length: number }[];
}

/** A core module without what is in its memory, and that: `code` is the same whatever it is, and however large the memory. */
export interface SplitModule {
  readonly code: Uint8Array<ArrayBuffer>;
  readonly image: MemoryImage;
}

/** @returns `undefined` for a module that is better left as it is: its data are few, or of another kind. Takes 20 ms for 9 MB */
export function splitImage(module: Uint8Array): SplitModule | undefined {
  const sections = new CoreSections(module);
  const data = sections.get(DATA);
  const memories = sections.get(CORE_SECTION.memory);
  if (data === undefined || data.length < SMALLEST || memories === undefined) return undefined;
  const pages = onlyMemory(new BinaryReader(memories));
  const memory = memoryExport(new BinaryReader(sections.get(CORE_SECTION.export) ?? Uint8Array.of(0)));
  if (memory === undefined || pages === undefined || pages > MOST_PAGES) return undefined;
  const content = contentOf(data, pages * PAGE);
  if (content === undefined) return undefined;
  sections.remove(DATA);
  sections.remove(DATA_COUNT);
  sections.set(CORE_SECTION.memory, Uint8Array.of(1, 0, 0));
  return {
    code: sections.write(module.subarray(0, PREAMBLE)),
    image: { memory, pages, ...partsOf(content) },
  };
}

/** Puts an image into the memory of a fresh instance. Takes a millisecond for 9 MB. */
export function writeImage({ exports }: WebAssembly.Instance, image: MemoryImage): void {
  const memory = exports[image.memory];
  if (!(memory instanceof WebAssembly.Memory))
    throw new Error(`The module exports no memory ${image.memory}`);
  memory.grow(image.pages);
  const target = new Uint8Array(memory.buffer);
  let from = 0;
  for (const { address, length } of image.parts) {
    target.set(new Uint8Array(image.bytes, from, length), address);
    from += length;
  }
}

/** The size of the memory if there is one, which may grow without end. */
function onlyMemory(memories: BinaryReader): number | undefined {
  const isOnly = memories.u32() === 1 && memories.byte() === 0;
  return isOnly ? memories.u32() : undefined;
}

function memoryExport(exports: BinaryReader): string | undefined {
  const all = exports.vector(() => ({ name: exports.name(), kind: exports.byte(), index: exports.u32() }));
  return all.find(({ kind }) => kind === EXPORTED_MEMORY)?.name;
}

/** All of a memory, after active segments at constant addresses were written to it. */
function contentOf(data: Uint8Array, size: number): Uint8Array<ArrayBuffer> | undefined {
  const content = new Uint8Array(size);
  const reader = new BinaryReader(data);
  for (let left = reader.u32(); left > 0; left -= 1) {
    if (reader.u32() !== ACTIVE || reader.byte() !== I32_CONST) return undefined;
    const address = reader.s33() >>> 0;
    if (reader.byte() !== END) return undefined;
    const length = reader.u32();
    const from = reader.position;
    reader.skip(length);
    if (address + length > size) return undefined;
    content.set(data.subarray(from, from + length), address);
  }
  return content;
}

function partsOf(content: Uint8Array<ArrayBuffer>): Pick<MemoryImage, "bytes" | "parts"> {
  const parts: { address: number; length: number }[] = [];
  for (let address = 0; address < content.length; address += BLOCK) {
    if (ZERO.compare(content, address, address + BLOCK) === 0) continue;
    const last = parts.at(-1);
    if (last !== undefined && last.address + last.length === address) last.length += BLOCK;
    else parts.push({ address, length: BLOCK });
  }
  const bytes = new SharedArrayBuffer(parts.reduce((sum, { length }) => sum + length, 0));
  const target = new Uint8Array(bytes);
  let to = 0;
  for (const { address, length } of parts) {
    target.set(content.subarray(address, address + length), to);
    to += length;
  }
  return { bytes, parts };
}
