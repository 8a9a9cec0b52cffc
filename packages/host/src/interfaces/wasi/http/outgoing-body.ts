import { PassThrough, type Readable } from "node:stream";

import type { Pollable } from "../pollable.ts";
import { type OutputStream, StreamError } from "../streams.ts";
import { Changes } from "../changes.ts";
import { type ErrorCode, HttpStreamError } from "./error-code.ts";
import type { Fields } from "./fields.ts";

/** Bytes that a guest may write before it has to wait for its stream. */
const WINDOW = 65_536;

/** A body on its way out (`wasi:http/types.outgoing-body`). It is passed on as it is written. */
export class OutgoingBody {
  readonly #buffer = new PassThrough({ highWaterMark: WINDOW });
  /** From the `content-length` field; `undefined` if there is none. */
  readonly #declared: number | undefined;
  #written = 0;
  #writer: BodyWriter | undefined;
  #trailers: Fields | undefined;

  constructor(headers: Fields) {
    const [length] = headers.get("content-length");
    this.#declared = length === undefined ? undefined : Number(Buffer.from(length).toString("latin1"));
  }

  /** What is sent: ends when the body is finished, and is destroyed when it never will be. */
  get content(): Readable {
    return this.#buffer;
  }

  get trailers(): Fields | undefined {
    return this.#trailers;
  }

  /** The one stream to write it; `undefined` the second time. */
  write(): OutputStream | undefined {
    if (this.#writer !== undefined) return undefined;
    this.#writer = new BodyWriter(this.#buffer, (count) => {
      this.#written += count;
      return this.#declared === undefined || this.#written <= this.#declared;
    });
    return this.#writer;
  }

  /** Returns what is wrong if it is not as long as was declared; it is not sent whole then. */
  finish(trailers: Fields | undefined): ErrorCode | undefined {
    if (this.#declared !== undefined && this.#written !== this.#declared) {
      this.abandon();
      return { tag: "HTTP-request-body-size", val: BigInt(this.#written) };
    }
    this.#trailers = trailers;
    this.#buffer.end();
    return undefined;
  }

  /** The guest dropped it: unless it was finished, what was sent of it is not all. */
  abandon(): void {
    if (!this.#buffer.writableEnded) this.#buffer.destroy();
  }

  /** It is not sent at all: what is written goes nowhere. */
  discard(): void {
    this.#buffer.resume();
  }
}

/**
 * What a guest sees of it depends on nothing but what it wrote and when it was told to go on, which is recorded:
 * a replay takes the same way, however fast the network was. Hence a failed connection does not show here either;
 * the guest gets to know it with the response.
 */
class BodyWriter implements OutputStream {
  readonly #buffer: PassThrough;
  readonly #fits: (count: number) => boolean;
  readonly #changes = new Changes();
  #room = WINDOW;
  #closed = false;

  /** @param fits counts what is written; false once that is more than was declared */
  constructor(buffer: PassThrough, fits: (count: number) => boolean) {
    this.#buffer = buffer;
    this.#fits = fits;
    for (const event of ["drain", "close"]) buffer.on(event, () => this.#changes.notify());
  }

  checkWrite(): bigint {
    this.#assertOpen();
    return BigInt(this.#room);
  }

  write(contents: Uint8Array): void {
    this.#assertOpen();
    if (!this.#fits(contents.length)) {
      throw new HttpStreamError({ tag: "HTTP-request-body-size", val: undefined });
    }
    this.#room = Math.max(0, this.#room - contents.length);
    if (!this.#buffer.destroyed) this.#buffer.write(contents.slice());
  }

  flush(): void {
    this.#assertOpen();
  }

  async writable(wait: <T>(promise: Promise<T>) => Promise<T>): Promise<void> {
    while (!this.#flows) await wait(this.#changes.next());
    this.#room = WINDOW;
  }

  pollable(): Pollable {
    return {
      ready: () => this.#room > 0 || this.#flows,
      change: () => this.#changes.next(),
      told: () => {
        this.#room = WINDOW;
      },
    };
  }

  close(): void {
    this.#closed = true;
  }

  get #flows(): boolean {
    return this.#buffer.destroyed || !this.#buffer.writableNeedDrain;
  }

  #assertOpen(): void {
    if (this.#closed || this.#buffer.writableEnded) throw new StreamError("The stream is closed", true);
  }
}
