import type { InputStream } from "wasi:io/streams@0.2.0";

import type { Bytes } from "../bytes.ts";
import { LARGEST_READ, readSome } from "./input.ts";

/** What an {@link InputSource} is made of. */
export interface InputParts {
  /** The stream, or what opens it for the first read. */
  readonly stream: InputStream | (() => InputStream);
  /** Called at the end of the data, when the stream is dropped; the web stream ends afterwards. */
  readonly ended?: (signal: AbortSignal) => void | Promise<void>;
  /** Called once, after the stream is dropped and whatever happened. */
  readonly released?: () => void;
  /** Makes the error that readers get of what was thrown. */
  readonly failure: (thrown: unknown) => unknown;
  /** Ends the stream with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A `wasi:io/streams.input-stream` as the source of a web stream, which reads when it is read. Its handles are dropped
 * at the end, on a failure, and when it is cancelled.
 */
export class InputSource implements UnderlyingDefaultSource<Bytes> {
  readonly #parts: InputParts;
  readonly #ended = new AbortController();
  readonly #open: (() => InputStream) | undefined;
  #stream: InputStream | undefined;
  #released = false;

  constructor(parts: InputParts) {
    this.#parts = parts;
    const { stream, signal } = parts;
    if (typeof stream === "function") this.#open = stream;
    else this.#stream = stream;
    if (signal?.aborted === true) this.cancel(signal.reason);
    else signal?.addEventListener("abort", this.#followSignal, { once: true });
  }

  async pull(controller: ReadableStreamDefaultController<Bytes>): Promise<void> {
    try {
      const chunk = await this.#next();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    } catch (thrown) {
      this.#release();
      throw this.#parts.failure(thrown);
    }
  }

  /** Nothing is read any more; who reads all the same gets `reason`. */
  cancel(reason: unknown): void {
    // A read that waits drops its pollable now, before the stream that it belongs to.
    this.#ended.abort(reason);
    this.#release();
  }

  /** The web stream. Nothing is read ahead. */
  toStream(): ReadableStream<Bytes> {
    return new ReadableStream<Bytes>(this, { highWaterMark: 0 });
  }

  async #next(): Promise<Bytes | undefined> {
    const { signal } = this.#ended;
    signal.throwIfAborted();
    this.#stream ??= this.#open?.();
    const chunk = this.#stream && (await readSome(this.#stream, LARGEST_READ, { signal }));
    if (chunk === undefined) {
      this.#drop();
      await this.#parts.ended?.(signal);
      this.#release();
    }
    return chunk;
  }

  readonly #followSignal = (): void => this.cancel(this.#parts.signal?.reason);

  #drop(): void {
    this.#stream?.[Symbol.dispose]();
    this.#stream = undefined;
  }

  #release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#drop();
    this.#parts.signal?.removeEventListener("abort", this.#followSignal);
    this.#parts.released?.();
  }
}
