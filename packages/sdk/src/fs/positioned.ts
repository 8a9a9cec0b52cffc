import type { Descriptor } from "wasi:filesystem/types@0.2.0";

import { requireBytes, type Bytes } from "../bytes.ts";

/** Read and written at once at most. */
const LARGEST_PIECE = 1_048_576;

/** The bytes from `start` on; fewer than `length` only where the file ends. */
export function readAt(descriptor: Descriptor, start: number, length: number): Bytes {
  const pieces: Uint8Array[] = [];
  let found = 0;
  for (let ended = false; found < length && !ended;) {
    const piece = Math.min(length - found, LARGEST_PIECE);
    const [bytes] = descriptor.read(BigInt(piece), BigInt(start + found));
    pieces.push(bytes);
    found += bytes.length;
    ended = bytes.length === 0;
  }
  return joined(pieces, found);
}

/** @throws SdkError `not-bytes` */
export function writeAt(descriptor: Descriptor, bytes: Uint8Array, start: number): void {
  requireBytes("write", bytes);
  for (let written = 0; written < bytes.length;) {
    const piece = bytes.subarray(written, written + LARGEST_PIECE);
    written += Number(descriptor.write(piece, BigInt(start + written)));
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Bytes {
  const [only] = pieces;
  if (only !== undefined && only.length === length) return only as Bytes;
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
