import type { Socket } from "node:net";
import { addAbortSignal } from "node:stream";

import { Changes } from "../changes.ts";
import type { Pollable } from "../pollable.ts";
import { type InputStream, type OutputStream, StreamError } from "../streams.ts";
import { type SocketError, socketError } from "./error-code.ts";
import type { KeepAlive } from "./tcp-options.ts";

/**
 * An established TCP connection with its two streams. Nothing is buffered beyond Node's own windows: bytes that are
 * not read hold the other side up, and what it does not read holds the guest up.
 *
 * It closes when its socket and both its streams are dropped; what was written is still sent.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #changes = new Changes();
  readonly #holders = new Set<"socket" | "input" | "output">(["socket", "input", "output"]);
  #failure: SocketError | undefined;
  #receives = true;
  #sends = true;

  /** @param ended gives the connection up */
  constructor(socket: Socket, ended: AbortSignal) {
    this.#socket = socket;
    addAbortSignal(ended, socket);
    socket
      .unref()
      .on("error", (error) => {
        this.#failure = socketError(error);
      })
      .on("readable", () => {
        if (!this.#receives) socket.read();
        // At the end there is nothing to read, and reading it brings the end about.
        else if (socket.readableLength === 0) socket.read(0);
      });
    for (const event of ["readable", "end", "drain", "finish", "close"])
      socket.on(event, () => this.#changes.notify());
  }

  input(): InputStream {
    return {
      read: (length) => this.#read(length),
      readable: async (wait) => {
        while (!this.#isReadable) await wait(this.#changes.next());
      },
      pollable: () => this.#pollable(() => this.#isReadable),
      close: () => {
        this.stopReceiving();
        this.#release("input");
      },
    };
  }

  output(): OutputStream {
    return {
      checkWrite: () => {
        this.#assertSending();
        return BigInt(this.#room);
      },
      write: (contents) => {
        this.#assertSending();
        this.#socket.write(contents.slice());
      },
      flush: () => this.#assertSending(),
      writable: async (wait) => {
        while (!this.#isWritable) await wait(this.#changes.next());
      },
      pollable: () => this.#pollable(() => this.#isWritable),
      close: () => {
        this.stopSending();
        this.#release("output");
      },
    };
  }

  /** What arrives from now on is thrown away. */
  stopReceiving(): void {
    this.#receives = false;
    this.#socket.read();
    this.#changes.notify();
  }

  /** Tells the other side that nothing follows what was written so far. */
  stopSending(): void {
    this.#sends = false;
    this.#socket.end();
    this.#changes.notify();
  }

  /** The guest dropped the socket; its streams live on. */
  drop(): void {
    this.#release("socket");
  }

  /** The other side sees a reset: nobody took the connection. */
  reject(): void {
    if (this.#socket.connecting) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  setKeepAlive(options: KeepAlive): void {
    const { enabled, idleTime, interval, count } = options;
    this.#socket.setKeepAlive(enabled, milliseconds(idleTime), milliseconds(interval), count);
  }

  get #isReadable(): boolean {
    return !this.#receives || this.#socket.readableLength > 0 || this.#socket.readableEnded || this.#isOver;
  }

  get #isWritable(): boolean {
    return !this.#sends || this.#room > 0 || this.#isOver;
  }

  get #isOver(): boolean {
    return this.#socket.destroyed;
  }

  /** Bytes. */
  get #room(): number {
    const { writableNeedDrain, writableHighWaterMark, writableLength } = this.#socket;
    return writableNeedDrain ? 0 : writableHighWaterMark - writableLength;
  }

  #read(length: number): Uint8Array {
    const socket = this.#socket;
    if (!this.#receives) throw new StreamError("The socket does not receive any more", true);
    const available = Math.min(length, socket.readableLength);
    if (available > 0) {
      const bytes: Uint8Array = socket.read(available);
      if (socket.readableLength === 0) socket.read(0);
      return new Uint8Array(bytes);
    }
    this.#assertWorking();
    if (socket.readableEnded || this.#isOver) throw new StreamError("The connection has ended", true);
    return new Uint8Array(0);
  }

  #assertSending(): void {
    if (!this.#sends) throw new StreamError("The socket does not send any more", true);
    this.#assertWorking();
    if (this.#isOver) throw new StreamError("The connection has ended", true);
  }

  #assertWorking(): void {
    const cause = this.#failure;
    if (cause !== undefined) throw new StreamError(`The connection failed: ${cause.code}`, false, { cause });
  }

  #pollable(ready: () => boolean): Pollable {
    return { ready, change: () => this.#changes.next(), happensAgain: true };
  }

  #release(holder: "socket" | "input" | "output"): void {
    this.#holders.delete(holder);
    if (this.#holders.size === 0) this.#socket.destroySoon();
  }
}

/** At least a second, which is the finest that systems know. */
function milliseconds(nanoseconds: bigint): number {
  return Math.max(1_000, Math.min(Number(nanoseconds / 1_000_000n), 2 ** 31 - 1));
}
