import type { InputStream, OutputStream } from "wasi:io/streams@0.2.0";

import { wait, type WaitOptions } from "../event-loop.ts";
import { untilEnd } from "./input.ts";
import { flush, writable } from "./output.ts";
import { streamError } from "./stream-error.ts";

/**
 * Passes all that an input stream gives to an output stream, without taking it through the component's own memory, and
 * waits until it has arrived. Neither stream is dropped.
 *
 * Stands on `wasi:io/streams.output-stream.splice`.
 *
 * @returns the number of bytes
 * @throws StreamError; the reason of `options.signal`
 * @example
 * ```ts
 * using from = file.readViaStream(0n);
 * using to = file.appendViaStream();
 * const size = await pipe(from, to);
 * ```
 */
export async function pipe(from: InputStream, to: OutputStream, options?: WaitOptions): Promise<number> {
  let passed = 0n;
  try {
    for (;;) {
      const room = BigInt(await writable(to, options));
      const moved = untilEnd(() => to.splice(from, room));
      if (moved === undefined) break;
      passed += moved;
      if (moved === 0n) await wait(() => from.subscribe(), options);
    }
    await flush(to, options);
    return Number(passed);
  } catch (thrown) {
    throw streamError("pipe", thrown);
  }
}

/**
 * Passes over bytes of an input stream, without reading them. The stream is not dropped.
 *
 * Stands on `wasi:io/streams.input-stream.skip`.
 *
 * @param bytes how many; a whole number from 0
 * @returns how many there were: fewer only at the stream's end
 * @throws StreamError; the reason of `options.signal`
 * @example
 * ```ts
 * using body = file.readViaStream(0n);
 * await skip(body, 16); // the header
 * ```
 */
export async function skip(stream: InputStream, bytes: number, options?: WaitOptions): Promise<number> {
  let left = BigInt(bytes);
  try {
    while (left > 0n) {
      const wanted = left;
      const skipped = untilEnd(() => stream.skip(wanted));
      if (skipped === undefined) break;
      left -= skipped;
      if (skipped === 0n) await wait(() => stream.subscribe(), options);
    }
    return bytes - Number(left);
  } catch (thrown) {
    throw streamError("skip", thrown);
  }
}
