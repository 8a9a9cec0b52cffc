/** What the platform's own streams and pollables need to take part in the program's `await`s. */
import type { InputStream, OutputStream } from "wasi:io/streams@0.2.0";

import type { Bytes } from "./bytes.ts";
import { InputSource } from "./io/input-source.ts";
import { OutputSink } from "./io/output-sink.ts";
import { streamError } from "./io/stream-error.ts";

export type { Bytes } from "./bytes.ts";
export { wait, type Subscribe, type WaitOptions } from "./event-loop.ts";
export { pipe, skip } from "./io/pipe.ts";
export { isStreamError, StreamError, type StreamErrorCode } from "./io/stream-error.ts";

/**
 * An input stream as a web stream of chunks of at most 1 MiB, each read when it is wanted. It takes the stream over:
 * the handle is dropped at the end, on a failure, and when the web stream is cancelled.
 *
 * Stands on `wasi:io/streams.input-stream.read`.
 *
 * @throws StreamError where it is read
 * @example
 * ```ts
 * const body = readableStream(file.readViaStream(0n));
 * ```
 */
export function readableStream(stream: InputStream): ReadableStream<Bytes> {
  const failure = (thrown: unknown): unknown => streamError("readableStream", thrown);
  return new InputSource({ stream, failure }).toStream();
}

/**
 * An output stream as a web stream. A write resolves when the stream has taken all of it, so that a fast writer waits
 * for a slow reader. It takes the stream over: the handle is dropped when the web stream is closed or aborted.
 *
 * Stands on `wasi:io/streams.output-stream.check-write`, `write` and `flush`.
 *
 * @throws StreamError where it is written
 * @example
 * ```ts
 * await response.body?.pipeTo(writableStream(file.writeViaStream(0n)));
 * ```
 */
export function writableStream(stream: OutputStream): WritableStream<Uint8Array> {
  const failure = (thrown: unknown): unknown => streamError("writableStream", thrown);
  return new OutputSink({ stream, failure }).toStream();
}
