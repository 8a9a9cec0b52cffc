import { OutgoingBody } from "wasi:http/types@0.2.0";

import { writeAll } from "../io/output.ts";
import { fieldsOf } from "./fields.ts";
import type { HttpOperation } from "./http-error.ts";
import { throwIfAborted } from "../throw-if-aborted.ts";

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
      for await (const chunk of chunks) {
        throwIfAborted(signal);
        await writeAll(stream, chunk, { signal });
      }
    }
    const last = typeof trailers === "function" ? await trailers() : trailers;
    const fields = last && fieldsOf(new Headers(last), operation);
    finished = true;
    OutgoingBody.finish(body, fields);
  } finally {
    if (!finished) body[Symbol.dispose]();
  }
}
