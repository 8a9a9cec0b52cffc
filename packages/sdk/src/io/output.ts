import type { OutputStream } from "wasi:io/streams@0.2.0";

import { requireBytes } from "../bytes.ts";
import { wait, type WaitOptions } from "../event-loop.ts";

/** Written at once at most: a copy of each piece is made on its way. */
const LARGEST_WRITE = 1_048_576;

/** Writes all bytes, as fast as the stream takes them. The caller keeps the stream. @throws SdkError `not-bytes` */
export async function writeAll(
  stream: OutputStream,
  bytes: Uint8Array,
  options?: WaitOptions,
): Promise<void> {
  requireBytes("write", bytes);
  for (let rest = bytes; rest.length > 0;) {
    const length = Math.min(await writable(stream, options), rest.length);
    stream.write(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
}

/** Resolves when what was written has arrived. */
export async function flush(stream: OutputStream, options?: WaitOptions): Promise<void> {
  stream.flush();
  await writable(stream, options);
}

/** How many bytes the stream takes now; waits until it is at least one. */
export async function writable(stream: OutputStream, options?: WaitOptions): Promise<number> {
  for (;;) {
    const allowed = stream.checkWrite();
    if (allowed > 0n) return allowed > LARGEST_WRITE ? LARGEST_WRITE : Number(allowed);
    await wait(() => stream.subscribe(), options);
  }
}
