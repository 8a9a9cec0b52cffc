import type { InputStream } from "wasi:io/streams@0.2.0";

import type { Bytes } from "../bytes.ts";
import { wait, type WaitOptions } from "../event-loop.ts";
import { payloadOf } from "../result-error.ts";

/** Read at once at most. */
export const LARGEST_READ = 1_048_576;

/**
 * What a stream gives, in chunks of at most 1 MiB, each read when it is wanted; at most `length` bytes. The caller keeps
 * the stream.
 */
export async function* chunksFrom(
  stream: InputStream,
  length = Infinity,
): AsyncGenerator<Bytes, void, undefined> {
  for (let left = length; left > 0;) {
    const chunk = await readSome(stream, Math.min(left, LARGEST_READ));
    if (chunk === undefined) return;
    left -= chunk.length;
    yield chunk;
  }
}

/**
 * At least one byte and at most `length`, when they are there; `undefined` at the end. The caller keeps the stream.
 *
 * @throws what the bindings throw for an operation that failed, and the reason of `options.signal`
 */
export async function readSome(
  stream: InputStream,
  length: number,
  options?: WaitOptions,
): Promise<Bytes | undefined> {
  for (;;) {
    const chunk = readNow(stream, length);
    if (chunk === undefined || chunk.length > 0) return chunk;
    await wait(() => stream.subscribe(), options);
  }
}

function readNow(stream: InputStream, length: number): Bytes | undefined {
  return untilEnd(() => stream.read(BigInt(length)) as Bytes);
}

/** What `take` gets from a stream; `undefined` at the stream's end. */
export function untilEnd<T>(take: () => T): T | undefined {
  try {
    return take();
  } catch (thrown) {
    if (isClosed(payloadOf(thrown))) return undefined;
    throw thrown;
  }
}

function isClosed(payload: unknown): boolean {
  return typeof payload === "object" && payload !== null && "tag" in payload && payload.tag === "closed";
}
