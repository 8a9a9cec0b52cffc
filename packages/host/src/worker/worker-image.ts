import { deserialize, serialize } from "node:v8";
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";

import type { GuestImage } from "../engine/guest-state.ts";
import type { MemoryDifference } from "../engine/memory-difference.ts";
import type { InstanceImage } from "./instance/instance-image.ts";

/** Changes whenever an image of before would be another worker. */
const FORMAT = 1;

/** Bytes of a checksum, and of the length of what is not compressed. */
const NUMBER = 4;

/** A worker as it was when nothing of it ran. */
export interface WorkerImage {
  /** Of the last oplog entry of its past. */
  readonly index: number;
  /** Checksum of what that entry was stored with: the past that the image belongs to, and no other. */
  readonly past: number;
  readonly componentVersion: number;
  readonly instance: InstanceImage;
}

/** All of an image but for what is in the memories: of that the bytes of each. */
interface Head extends Omit<WorkerImage, "instance"> {
  readonly format: number;
  readonly instance: Omit<InstanceImage, "guest">;
  readonly globals: GuestImage["globals"];
  readonly handles: GuestImage["handles"];
  readonly memories: readonly (Omit<MemoryDifference, "bytes"> & { readonly length: number })[];
}

/** @returns a checksum, the length of the head, the head, and what is in the memories, compressed. Takes 1 to 30 ms */
export function encodeImage({ instance: { guest, ...instance }, ...image }: WorkerImage): Uint8Array {
  const memories = guest.memories.map(({ bytes, ...memory }) => ({ ...memory, length: bytes.length }));
  const head = serialize({
    ...image,
    format: FORMAT,
    instance,
    globals: guest.globals,
    handles: guest.handles,
    memories,
  } satisfies Head);
  const contents = zstdCompressSync(Buffer.concat(guest.memories.map(({ bytes }) => bytes)), {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
  });
  const numbers = Buffer.alloc(2 * NUMBER);
  numbers.writeUInt32LE(head.length, NUMBER);
  const encoded = Buffer.concat([numbers, head, contents]);
  encoded.writeUInt32LE(crc32(encoded.subarray(NUMBER)));
  return encoded;
}

/** @returns `undefined` for what is damaged, or of another format: it is of no use */
export function decodeImage(encoded: Uint8Array): WorkerImage | undefined {
  try {
    return decode(encoded);
  } catch {
    return undefined;
  }
}

function decode(encoded: Uint8Array): WorkerImage | undefined {
  const buffer = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  if (buffer.length < 2 * NUMBER || buffer.readUInt32LE() !== crc32(buffer.subarray(NUMBER)))
    return undefined;
  const begin = 2 * NUMBER + buffer.readUInt32LE(NUMBER);
  const head = deserialize(buffer.subarray(2 * NUMBER, begin)) as Head;
  if (head.format !== FORMAT) return undefined;
  const { index, past, componentVersion, instance, globals, handles } = head;
  const contents = zstdDecompressSync(buffer.subarray(begin));
  let from = 0;
  const memories = head.memories.map(({ pages, addresses, length }) => {
    from += length;
    return { pages, addresses, bytes: contents.subarray(from - length, from) };
  });
  return { index, past, componentVersion, instance: { ...instance, guest: { memories, globals, handles } } };
}
