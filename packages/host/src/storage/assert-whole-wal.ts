import { existsSync, readFileSync } from "node:fs";

import { damage, withStorageErrors } from "../ground/storage-error.ts";

const HEADER_SIZE = 32;
const FRAME_HEADER_SIZE = 24;

/** The last bit of it says in which byte order checksums are computed. */
const MAGIC = 0x377f0682;

/**
 * Refuses a database whose write-ahead log has a damaged frame with others after it. SQLite itself would take the frame
 * for the last one that was being written when the process died, and forget all that was committed later.
 *
 * Reads the whole log, which is seldom longer than 16 MB.
 *
 * @throws StorageError
 */
export function assertWholeWal(file: string): void {
  const log = `${file}-wal`;
  if (!existsSync(log)) return;
  const bytes = withStorageErrors(log, () => readFileSync(log));
  if (bytes.length <= HEADER_SIZE) return;
  const wal = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frameSize = FRAME_HEADER_SIZE + wal.getUint32(8);
  const littleEndian = wal.getUint32(0) === MAGIC;
  let sums = checksum(wal, 0, 24, littleEndian, [0, 0]);
  const isHeaderWhole = (wal.getUint32(0) & ~1) === MAGIC && matches(wal, 24, sums);
  if (!isHeaderWhole) throw damaged(log, 0, "its header");
  const salts = [wal.getUint32(16), wal.getUint32(20)] as const;
  const isOfThisLog = (at: number): boolean =>
    wal.getUint32(at + 8) === salts[0] && wal.getUint32(at + 12) === salts[1];
  for (let at = HEADER_SIZE; at + frameSize <= bytes.length; at += frameSize) {
    sums = checksum(wal, at, 8, littleEndian, sums);
    sums = checksum(wal, at + FRAME_HEADER_SIZE, frameSize - FRAME_HEADER_SIZE, littleEndian, sums);
    if (isOfThisLog(at) && matches(wal, at + 16, sums)) continue;
    // What follows is older than this log, or the frame was being written when the process died.
    const next = at + frameSize;
    if (next + FRAME_HEADER_SIZE <= bytes.length && isOfThisLog(next)) throw damaged(log, at, "a frame");
    return;
  }
}

function damaged(log: string, at: number, what: string): Error {
  return damage(
    log,
    `${what} at byte ${at} is not what was written, and what was committed after it would be lost`,
    `restore it and its database from a backup, or cut it to ${at} bytes to lose what came later`,
  );
}

type Sums = readonly [number, number];

function matches(wal: DataView, at: number, [first, second]: Sums): boolean {
  return wal.getUint32(at) === first && wal.getUint32(at + 4) === second;
}

/** SQLite's checksum of its write-ahead log: two sums over 32-bit words, each built on the other. */
function checksum(wal: DataView, from: number, length: number, littleEndian: boolean, [a, b]: Sums): Sums {
  let first = a;
  let second = b;
  for (let at = from; at < from + length; at += 8) {
    first = (first + wal.getUint32(at, littleEndian) + second) >>> 0;
    second = (second + wal.getUint32(at + 4, littleEndian) + first) >>> 0;
  }
  return [first, second];
}
