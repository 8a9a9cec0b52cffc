import type { DurableFunction } from "../host-interface.ts";
import { READY, type Pollable } from "./pollable.ts";
import type { CallsPort, DurabilityPort, HostContext } from "../ports.ts";

/** A stream operation failed: the stream is `closed`, or its last operation failed for the reason in `message`. */
export class StreamError extends Error {
  override readonly name = "StreamError" as const;
  readonly closed: boolean;

  constructor(message: string, closed = false, options?: ErrorOptions) {
    super(message, options);
    this.closed = closed;
  }
}

/** The host's end of a `wasi:io/streams.input-stream`. */
export interface InputStream {
  /** At most `length` bytes, at least one unless none is there yet. @throws StreamError */
  read(length: number): Uint8Array;
  /** Resolves when `read` gives bytes or fails. */
  readable(wait: <T>(promise: Promise<T>) => Promise<T>): Promise<void>;
  pollable(): Pollable;
  close(): void;
  /** What reads it, if reading is journalled: takes the stream and a length, as the WIT functions do. */
  readonly journalled?: JournalledReads;
}

export interface JournalledReads {
  readonly read: DurableFunction<HostContext>;
  readonly blockingRead: DurableFunction<HostContext>;
  readonly skip: DurableFunction<HostContext>;
  readonly blockingSkip: DurableFunction<HostContext>;
}

/** The host's end of a `wasi:io/streams.output-stream`. */
export interface OutputStream {
  /** How many bytes the next write may have. @throws StreamError */
  checkWrite(context: CallsPort & DurabilityPort): bigint;
  /** @throws StreamError */
  write(contents: Uint8Array): void;
  flush(): void;
  /** Resolves when what was written has gone far enough to write more. @default at once */
  writable?(wait: <T>(promise: Promise<T>) => Promise<T>): Promise<void>;
  pollable(): Pollable;
  close(): void;
}

/** The most that one read returns, whatever the guest asks for. */
const LARGEST_READ = 1_048_576n;

/** How many bytes a read of `len` may return. */
export function readSize(len: bigint): number {
  return Number(len < LARGEST_READ ? len : LARGEST_READ);
}

/** A stream over bytes that are all there. */
export function inputStreamOf(content: Uint8Array): InputStream {
  let position = 0;
  return {
    read(length) {
      if (position >= content.length && length > 0) throw new StreamError("The stream has ended", true);
      const chunk = content.slice(position, position + length);
      position += chunk.length;
      return chunk;
    },
    readable: () => Promise.resolve(),
    pollable: () => READY,
    close() {
      position = content.length;
    },
  };
}

/** What a guest may write at once. */
const WRITE_WINDOW = 1_048_576n;

/** A stream that hands every write to `sink` at once. */
export function outputStreamTo(sink: (contents: Uint8Array) => void): OutputStream {
  let closed = false;
  const assertOpen = (): void => {
    if (closed) throw new StreamError("The stream is closed", true);
  };
  return {
    checkWrite() {
      assertOpen();
      return WRITE_WINDOW;
    },
    write(contents) {
      assertOpen();
      sink(contents.slice());
    },
    flush: assertOpen,
    pollable: () => READY,
    close() {
      closed = true;
    },
  };
}
