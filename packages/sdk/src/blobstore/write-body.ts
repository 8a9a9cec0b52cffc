import { OutgoingValue } from "wasi:blobstore/types";
import type { OutputStream } from "wasi:io/streams@0.2.0";

import { wait } from "../event-loop.ts";

/** Written at once at most: each piece is copied on its way, and the copies live until the invocation ends. */
const LARGEST_WRITE = 1_048_576;

/** Makes a value of chunks of bytes, as fast as the store takes them. The caller disposes of it. */
export async function outgoingValueOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<OutgoingValue> {
  const value = OutgoingValue.newOutgoingValue();
  try {
    using body = value.outgoingValueWriteBody();
    for await (const chunk of chunks) await write(body, chunk);
    body.flush();
    await writable(body);
    return value;
  } catch (error) {
    value[Symbol.dispose]();
    throw error;
  }
}

async function write(body: OutputStream, chunk: Uint8Array): Promise<void> {
  for (let rest = chunk; rest.length > 0;) {
    const length = Math.min(await writable(body), rest.length);
    body.write(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
}

/** How many bytes the stream takes now; waits until it is at least one. */
async function writable(body: OutputStream): Promise<number> {
  for (;;) {
    const allowed = body.checkWrite();
    if (allowed > 0n) return allowed > LARGEST_WRITE ? LARGEST_WRITE : Number(allowed);
    await wait(() => body.subscribe());
  }
}
