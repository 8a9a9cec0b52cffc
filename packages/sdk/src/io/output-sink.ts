import type { OutputStream } from "wasi:io/streams@0.2.0";

import { flush, writeAll } from "./output.ts";

/** What an {@link OutputSink} is made of. */
export interface OutputParts {
  readonly stream: OutputStream;
  /** Called when all was written and flushed, and the stream is dropped. */
  readonly finished?: () => void;
  /** Called once, after the stream is dropped and whatever happened. */
  readonly released?: () => void;
  /** Makes the error that writers get of what was thrown. */
  readonly failure: (thrown: unknown) => unknown;
}

/**
 * A `wasi:io/streams.output-stream` as the sink of a web stream: a write is done when the stream has taken all of it.
 * Its handle is dropped when it is closed or aborted, and on a failure. An abort comes after a write that is under way:
 * in this engine, streams do not tell it before.
 */
export class OutputSink implements UnderlyingSink<Uint8Array> {
  readonly #parts: OutputParts;
  readonly #aborted = new AbortController();
  #released = false;

  constructor(parts: OutputParts) {
    this.#parts = parts;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#attempt(() => writeAll(this.#parts.stream, chunk, { signal: this.#aborted.signal }));
  }

  async close(): Promise<void> {
    await this.#attempt(() => flush(this.#parts.stream, { signal: this.#aborted.signal }));
    this.#release(this.#parts.finished);
  }

  /** The web stream was aborted. */
  abort(reason: unknown): void {
    this.cancel(reason);
  }

  /** Nothing is written any more; who writes all the same gets `reason`. */
  cancel(reason: unknown): void {
    // A write that waits drops its pollable now, before the stream that it belongs to.
    this.#aborted.abort(reason);
    this.#release();
  }

  toStream(): WritableStream<Uint8Array> {
    return new WritableStream(this);
  }

  async #attempt(operation: () => Promise<void>): Promise<void> {
    try {
      this.#aborted.signal.throwIfAborted();
      await operation();
    } catch (thrown) {
      const failure = this.#parts.failure(thrown);
      this.#release();
      throw failure;
    }
  }

  #release(finished?: () => void): void {
    if (this.#released) return;
    this.#released = true;
    this.#parts.stream[Symbol.dispose]();
    finished?.();
    this.#parts.released?.();
  }
}
