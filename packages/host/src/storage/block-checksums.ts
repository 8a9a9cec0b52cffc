import { crc32 } from "node:zlib";

/** A part of a file is checked without reading the rest of it. */
export const BLOCK_SIZE = 64 * 1024;

/** A checksum of four bytes for each block of the content, the last of which may be shorter. */
export function blockChecksums(content: Uint8Array): Uint8Array {
  const sums = new Uint32Array(Math.ceil(content.length / BLOCK_SIZE));
  for (const at of sums.keys()) sums[at] = crc32(content.subarray(at * BLOCK_SIZE, (at + 1) * BLOCK_SIZE));
  return new Uint8Array(sums.buffer);
}

/** True if the blocks, the first of which is number `first`, are those that the checksums are of. */
export function areBlocksWhole(blocks: Uint8Array, first: number, checksums: Uint8Array): boolean {
  const found = blockChecksums(blocks);
  return Buffer.compare(found, checksums.subarray(first * 4, first * 4 + found.length)) === 0;
}
