import { leb128 } from "@golem-kit/wit";

/** The content of a memory as a module carries it. */
export interface DataSegments {
  /** 64 KiB each. */
  readonly pages: number;
  readonly count: number;
  /** The segments one after the other, without their count. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const PAGE = 65_536;

/**
 * So many zero bytes between two segments are carried along. A segment of its own takes up to 10 bytes and time whenever a worker
 * is made.
 */
const GAP = 16;

/** Writes the non-zero parts of a memory as active segments. */
export function dataSegments(memory: Uint8Array): DataSegments {
  const parts: Uint8Array[] = [];
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / 4);
  let count = 0;
  for (let at = nextNonZero(words, memory, 0); at < memory.length; count += 1) {
    const end = segmentEnd(words, memory, at);
    parts.push(Uint8Array.from([0, 0x41, ...signedLeb128(at), 0x0b, ...leb128(end - at)]));
    parts.push(memory.subarray(at, end));
    at = nextNonZero(words, memory, end);
  }
  return { pages: memory.length / PAGE, count, bytes: Uint8Array.from(Buffer.concat(parts)) };
}

/** Index of the first byte from `from` on that is not zero, or the length. Whole words are skipped at once. */
function nextNonZero(words: Uint32Array, memory: Uint8Array, from: number): number {
  let at = from;
  while (at < memory.length) {
    if (at % 4 === 0) {
      let word = at / 4;
      while (word < words.length && words[word] === 0) word += 1;
      at = word * 4;
    }
    if (at < memory.length && memory[at] !== 0) return at;
    at += 1;
  }
  return memory.length;
}

function segmentEnd(words: Uint32Array, memory: Uint8Array, from: number): number {
  let end = from;
  for (;;) {
    while (end < memory.length && memory[end] !== 0) end += 1;
    const next = nextNonZero(words, memory, end);
    if (next === memory.length || next - end > GAP) return end;
    end = next;
  }
}

/** The constant of an `i32.const`: an address above 2 GiB is a negative one. */
function signedLeb128(address: number): number[] {
  const bytes: number[] = [];
  for (let rest = address | 0; ; rest >>= 7) {
    const low = rest & 0x7f;
    const done = rest >> 7 === ((low & 0x40) === 0 ? 0 : -1);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}
