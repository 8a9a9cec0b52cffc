import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import fc from "fast-check";

/** One bit of one file, by fractions: whatever files there are, and however long they are. */
export interface BitFlip {
  /** Which file, from 0 up to, not including, 1. */
  readonly file: number;
  /** Which byte of it, likewise. */
  readonly byte: number;
  readonly bit: number;
}

const fraction = fc.noBias(fc.nat(2 ** 31 - 1)).map((number) => number / 2 ** 31);

export const bitFlip: fc.Arbitrary<BitFlip> = fc.record({
  file: fraction,
  byte: fraction,
  bit: fc.integer({ min: 0, max: 7 }),
});

/** A bit that was flipped. */
export interface Flipped {
  readonly file: string;
  readonly byte: number;
  readonly bit: number;
}

/** Flips one bit of one of the files below a data directory. The host must be closed. */
export async function flipBit(dataDir: string, { file, byte, bit }: BitFlip): Promise<Flipped> {
  const files = await filesIn(dataDir);
  const path = files[Math.floor(file * files.length)] ?? "";
  const content = await readFile(path);
  const at = Math.floor(byte * changeable(path, content));
  content[at] = (content[at] ?? 0) ^ (1 << bit);
  await writeFile(path, content);
  return { file: path, byte: at, bit };
}

/** What the next host looks at: neither the file systems of ended instances nor what is empty. */
async function filesIn(dataDir: string): Promise<readonly string[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith("-shm"))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !relative(dataDir, path).startsWith("instances"))
    .toSorted();
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return paths.filter((_, at) => sizes[at] !== 0);
}

const WAL_HEADER = 32;
const WAL_FRAME_HEADER = 24;

/**
 * How many bytes of the file may be changed: not the last frame of a write-ahead log, for what is wrong with it cannot be
 * told from a commit that a killed process did not finish.
 */
function changeable(path: string, content: Buffer): number {
  if (!basename(path).endsWith("-wal") || content.length <= WAL_HEADER) return content.length;
  const frame = WAL_FRAME_HEADER + content.readUInt32BE(8);
  const isOfThisLog = (at: number): boolean =>
    content.subarray(at + 8, at + 16).equals(content.subarray(16, 24));
  let at = WAL_HEADER;
  while (at + 2 * frame <= content.length && isOfThisLog(at + frame)) at += frame;
  return at;
}
