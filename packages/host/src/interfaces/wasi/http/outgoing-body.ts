import { PassThrough, type Readable } from "node:stream";

import { type DurableFunction, readLocal } from "../../host-interface.ts";
import { u64 } from "../../../ground/wit/wit-types.ts";
import type { CallsPort, DurabilityPort, NoPorts } from "../../ports.ts";
import type { Pollable } from "../pollable.ts";
import { type OutputStream, StreamError } from "../streams.ts";
import { Changes } from "../changes.ts";
import { type ErrorCode, HttpStreamError } from "./error-code.ts";
import type { Fields } from "./fields.ts";

/** Bytes that a guest may write before it has to wait for its stream. */
const WINDOW = 65_536;

/** A replay that asks more often does not do what was done at first. */
const LONGEST_REPLAY = 1_000_000;

/**
 * A guest that asked without waiting was told that it may write again, after so many refusals: its replay is told so at the
 * same place.
 */
const ROOM_AGAIN = readLocal<NoPorts>("io::streams::output_stream::check_write", {
  types: { request: null, response: u64 },
  run: (_, writer: BodyWriter) => writer.refusals,
  toGuest: (_, __: bigint, writer: BodyWriter) => writer.open(),
});

/** The journalled functions of a body on its way out. */
export const OUTGOING_BODY_FUNCTIONS: readonly DurableFunction<NoPorts>[] = [ROOM_AGAIN];

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
  /** A guest that was refused and does not wait for room is told of it when it asks once more. */
  #refusals = 0;
  #closed = false;

  /** @param fits counts what is written; false once that is more than was declared */
  constructor(buffer: PassThrough, fits: (count: number) => boolean) {
    this.#buffer = buffer;
    this.#fits = fits;
    for (const event of ["drain", "close"]) buffer.on(event, () => this.#changes.notify());
  }

  checkWrite(context: CallsPort & DurabilityPort): bigint {
    this.#assertOpen();
    if (this.#room > 0) return BigInt(this.#room);
    if (this.#refusals > 0 && this.#opens(context)) return BigInt(this.#room);
    this.#refusals += 1;
    return 0n;
  }

  /** How often the guest was told that there is no room, since it was told that there is. */
  get refusals(): bigint {
    return BigInt(this.#refusals);
  }

  /** It has room again, and that is recorded. */
  open(): void {
    this.#room = WINDOW;
    this.#refusals = 0;
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
    this.open();
  }

  pollable(): Pollable {
    return {
      ready: () => this.#room > 0 || this.#flows,
      change: () => this.#changes.next(),
      told: () => this.open(),
    };
  }

  close(): void {
    this.#closed = true;
  }

  /** Opens it if it flows: while replaying, where it did at first. */
  #opens(context: CallsPort & DurabilityPort): boolean {
    const { live, persistenceLevel } = context.durability;
    const isUnrecorded = !live && persistenceLevel === "persist-nothing";
    const opens = live || isUnrecorded ? this.#flows : this.#openedHere(context.nextResponse(ROOM_AGAIN));
    if (opens && isUnrecorded) this.open();
    else if (opens) context.call(ROOM_AGAIN, this);
    return opens;
  }

  /** @param refusals how many were recorded, if its opening is what comes next */
  #openedHere(refusals: unknown): boolean {
    return refusals === undefined ? this.#refusals >= LONGEST_REPLAY : refusals === this.refusals;
  }

  get #flows(): boolean {
    return this.#buffer.destroyed || !this.#buffer.writableNeedDrain;
  }

  #assertOpen(): void {
    if (this.#closed || this.#buffer.writableEnded) throw new StreamError("The stream is closed", true);
  }
}
