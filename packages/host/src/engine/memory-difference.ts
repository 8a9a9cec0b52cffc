import type { MemoryImage } from "./memory-image.ts";

const PAGE = 65_536;
const BLOCK = 4_096;
const ZERO = Buffer.alloc(BLOCK);

/** In what a memory is another one than its image, which it has begun with. */
export interface MemoryDifference {
  /** Of 64 KiB, that the memory has. */
  readonly pages: number;
  /** Addresses of the blocks of 4 KiB that differ, ascending. */
  readonly addresses: Uint32Array;
  /** Those blocks, one after the other. */
  readonly bytes: Uint8Array;
}

/**
 * Compares block by block: 2 ms for 9 MB.
 *
 * @param image what the memory has begun with. @default nothing: all of it was zero
 */
export function memoryDifference(memory: WebAssembly.Memory, image?: MemoryImage): MemoryDifference {
  const present = Buffer.from(memory.buffer);
  const base = new BlocksOf(image);
  const changed: number[] = [];
  for (let address = 0; address < present.length; address += BLOCK)
    if (!base.isAt(address, present)) changed.push(address);
  const bytes = Buffer.allocUnsafe(changed.length * BLOCK);
  for (const [at, address] of changed.entries()) present.copy(bytes, at * BLOCK, address, address + BLOCK);
  return { pages: present.length / PAGE, addresses: Uint32Array.from(changed), bytes };
}

/**
 * Makes the memory of a fresh instance what another one was: whatever instantiation has written to it is gone.
 *
 * @param image what both have begun with
 */
export function applyDifference(
  memory: WebAssembly.Memory,
  { pages, addresses, bytes }: MemoryDifference,
  image?: MemoryImage,
): void {
  const missing = pages - memory.buffer.byteLength / PAGE;
  if (missing < 0) throw new Error(`The memory has ${-missing} pages more than the one that it is to become`);
  if (missing > 0) memory.grow(missing);
  const target = Buffer.from(memory.buffer);
  const base = new BlocksOf(image);
  let next = 0;
  for (let address = 0; address < target.length; address += BLOCK) {
    if (addresses[next] === address) {
      target.set(bytes.subarray(next * BLOCK, (next + 1) * BLOCK), address);
      next += 1;
    } else if (!base.isAt(address, target)) base.copyTo(address, target);
  }
}

/** The blocks of an image, to be asked for in ascending order. */
class BlocksOf {
  readonly #bytes: Buffer;
  readonly #parts: MemoryImage["parts"];
  #part = 0;
  /** Where the part begins in the bytes. */
  #from = 0;

  constructor(image: MemoryImage | undefined) {
    this.#bytes = image === undefined ? ZERO.subarray(0, 0) : Buffer.from(image.bytes);
    this.#parts = image?.parts ?? [];
  }

  /** True if a memory has at this address what the image has there. */
  isAt(address: number, memory: Buffer): boolean {
    const from = this.#find(address);
    const [block, at] = from === undefined ? [ZERO, 0] : [this.#bytes, from];
    return memory.compare(block, at, at + BLOCK, address, address + BLOCK) === 0;
  }

  copyTo(address: number, memory: Buffer): void {
    const from = this.#find(address);
    if (from === undefined) memory.fill(0, address, address + BLOCK);
    else this.#bytes.copy(memory, address, from, from + BLOCK);
  }

  /** Where the block is in the bytes; `undefined` if it is zero. */
  #find(address: number): number | undefined {
    for (;;) {
      const part = this.#parts[this.#part];
      if (part === undefined || address < part.address) return undefined;
      if (address < part.address + part.length) return this.#from + address - part.address;
      this.#from += part.length;
      this.#part += 1;
    }
  }
}
