import { deserialize, serialize } from "node:v8";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

import type { GuestImage } from "../engine/guest-state.ts";
import type { MemoryDifference } from "../engine/memory-difference.ts";
import type { Past } from "../oplog/oplog.ts";
import type { InstanceImage } from "./instance/instance-image.ts";

/** Changes whenever an image of before would be another worker. */
const FORMAT = 2;

/** Bytes of the length of what is not compressed. */
const LENGTH = 4;

/** A worker as it was when nothing of it ran. */
export interface WorkerImage extends Past {
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

/** @returns the length of the head, the head, and what is in the memories, compressed. Takes 1 to 30 ms */
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
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, contents]);
}

/** @returns `undefined` for what is of another format: it is of no use */
export function decodeImage(encoded: Buffer): WorkerImage | undefined {
  const begin = LENGTH + encoded.readUInt32LE();
  const head = deserialize(encoded.subarray(LENGTH, begin)) as Head;
  if (head.format !== FORMAT) return undefined;
  const { index, past, componentVersion, instance, globals, handles } = head;
  const contents = zstdDecompressSync(encoded.subarray(begin));
  let from = 0;
  const memories = head.memories.map(({ pages, addresses, length }) => {
    from += length;
    return { pages, addresses, bytes: contents.subarray(from - length, from) };
  });
  return { index, past, componentVersion, instance: { ...instance, guest: { memories, globals, handles } } };
}
