import { Worker } from "node:worker_threads";

import { setTimeout, clearTimeout } from "../ground/clock/real-time.ts";
import { settlesWithin } from "../ground/clock/settles-within.ts";
import { GolemError } from "../ground/golem-error.ts";
import { StorageError } from "../ground/storage-error.ts";
import { Channel } from "../shard/channel.ts";
import type { RouterOperations, ShardOperations, ShardOptions } from "../shard/protocol.ts";
import { HostClosedError } from "./host-closed-error.ts";

/** How often a shard may die in a row before it is given up. */
const MOST_DEATHS = 5;

/**
 * Milliseconds after which a thread that does not answer is replaced. Guests cannot keep it from answering: it is the machine
 * that does, or a fault of the host.
 */
const LONGEST_SILENCE = 30_000;

/** How long a thread may take to begin, in milliseconds: it loads its modules first, and the machine may be busy. */
const LONGEST_START = 60_000;

const BODY = new URL("../shard/shard-thread.ts", import.meta.url);

/** What tests have otherwise. */
export interface ThreadOptions {
  /** Milliseconds. @default 30_000 */
  readonly longestSilence?: number;
  /** Milliseconds. @default 60_000 */
  readonly longestStart?: number;
  /** The thread's body. @default that of a shard */
  readonly body?: URL;
}

/**
 * One shard's thread as the router sees it. When the thread dies, or is silent for long, a new one takes over: its workers
 * recover from their oplogs, and calls that were under way are sent again (the idempotency keys keep them from running
 * twice). If the new one is silent too, they fail, with the reason.
 */
export class ShardThread {
  readonly channel: Channel<ShardOperations>;
  readonly #options: ShardOptions;
  readonly #body: URL;
  readonly #longestSilence: number;
  readonly #longestStart: number;
  #thread: Worker;
  #deaths = 0;
  #silences = 0;
  #closed = false;
  /** Resolves when the present thread has said something, or is gone. */
  #begun = Promise.resolve();
  #watch: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ShardOptions, operations: RouterOperations, more: ThreadOptions = {}) {
    this.#options = options;
    this.#body = more.body ?? BODY;
    this.#longestSilence = more.longestSilence ?? LONGEST_SILENCE;
    this.#longestStart = more.longestStart ?? LONGEST_START;
    this.#thread = this.#start();
    this.channel = new Channel(this.#thread);
    this.channel.serve(operations);
    this.#watchThread();
  }

  /** Ends the thread after its workers have stopped; one that is silent is ended without that. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#watch);
    const closed = this.channel.call("close");
    closed.catch(() => undefined);
    while (!(await settlesWithin(closed, this.#longestSilence))) if (!(await this.#answers())) break;
    this.channel.end(new HostClosedError());
    await this.#thread.terminate();
  }

  /** Looks now and then whether a thread that owes an answer is there. */
  #watchThread(): void {
    this.#watch = setTimeout(() => void this.#look(), this.#longestSilence / 3);
    this.#watch.unref();
  }

  async #look(): Promise<void> {
    const thread = this.#thread;
    const silent = this.channel.isWaiting && !(await this.#answers());
    if (this.#closed) return;
    if (!silent) this.#silences = 0;
    else if (thread === this.#thread) await this.#replace();
    this.#watchThread();
  }

  async #answers(): Promise<boolean> {
    await settlesWithin(this.#begun, this.#longestStart);
    return settlesWithin(this.channel.call("ping"), this.#longestSilence);
  }

  /** The thread is silent: another one takes over, and if that was silent too, who waits is told. */
  async #replace(): Promise<void> {
    this.#silences += 1;
    const reason = silence(this.#longestSilence);
    if (this.#silences > 1) this.channel.fail(reason);
    if (!(await settlesWithin(this.#thread.terminate(), this.#longestSilence))) this.channel.end(reason);
  }

  #start(): Worker {
    const thread = new Worker(this.#body, { workerData: this.#options });
    const begun = Promise.withResolvers<void>();
    this.#begun = begun.promise;
    let failure: Error | undefined;
    let hasBegun = false;
    thread.on("message", (message) => {
      this.#deaths = 0;
      hasBegun = true;
      begun.resolve();
      this.channel.receive(message);
    });
    thread.on("error", (error: Error) => {
      // Errors lose their class on the way between threads.
      failure = error.name === "StorageError" ? new StorageError(error.message, { cause: error }) : error;
    });
    thread.on("exit", (code) => {
      begun.resolve();
      const cause = failure ?? new Error(`A shard thread ended with code ${code}`);
      // Files that cannot be opened will not be better for the next thread.
      if (!hasBegun && cause instanceof StorageError) this.#deaths = MOST_DEATHS;
      this.#died(cause);
    });
    return thread;
  }

  #died(cause: Error): void {
    this.#deaths += 1;
    if (this.#closed || this.#deaths > MOST_DEATHS) {
      this.channel.end(cause);
      return;
    }
    this.#thread = this.#start();
    this.channel.reconnect(this.#thread);
    // If this thread dies too, its successor activates the workers.
    this.channel.call("activate").catch(() => undefined);
  }
}

function silence(milliseconds: number): GolemError {
  const details =
    `The thread of this worker has not answered for ${milliseconds / 1_000} s, and neither has its successor. ` +
    "What to do: look at the machine's load, memory and disk, and repeat the call with the same idempotency key: it may have been taken";
  return new GolemError({ type: "Unknown", details });
}
