import { OutgoingBody } from "wasi:http/types@0.2.0";

import { writeAll } from "../io/output.ts";
import { fieldsOf } from "./fields.ts";
import type { HttpOperation } from "./http-error.ts";

export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Given at once, or asked for when the body was sent.
 *
 * @example
 * ```ts
 * const trailers: Trailers = () => ({ "x-checksum": digest() });
 * await fetch(url, { method: "POST", body: report, trailers });
 * ```
 */
export type Trailers = HeadersInit | (() => HeadersInit | Promise<HeadersInit>);

export interface SendOptions {
  readonly operation: HttpOperation;
  readonly trailers?: Trailers | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a body, as fast as the other side takes it. Takes the body over; unless all was sent, it counts as broken off.
 *
 * @throws what the chunks throw; HttpError for trailers that are refused; what the bindings throw
 */
export async function sendBody(
  body: OutgoingBody,
  chunks: Chunks,
  { operation, trailers, signal }: SendOptions,
): Promise<void> {
  let finished = false;
  try {
    {
      using stream = body.write();
      for await (const chunk of untilAborted(chunks, signal)) await writeAll(stream, chunk, { signal });
    }
    const last = typeof trailers === "function" ? await trailers() : trailers;
    const fields = last && fieldsOf(new Headers(last), operation);
    finished = true;
    OutgoingBody.finish(body, fields);
  } finally {
    if (!finished) body[Symbol.dispose]();
  }
}

/**
 * What `chunks` gives until the signal is aborted: then it is left at once, also while it has nothing to give, and told so.
 *
 * @throws the signal's reason
 */
async function* untilAborted(
  chunks: Chunks,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal?.reason);
  // It may come when nobody waits.
  aborted.promise.catch(() => undefined);
  signal?.addEventListener("abort", abort);
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  let ended = false;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await Promise.race([iterator.next(), aborted.promise]);
      ended = done === true;
      if (ended) return;
      yield value as Uint8Array;
    }
  } catch (error) {
    ended ||= signal?.aborted !== true;
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
    // One that is in the middle of something ends after that, which may be never.
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
