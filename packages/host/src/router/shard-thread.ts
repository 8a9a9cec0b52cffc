import { Worker } from "node:worker_threads";

import type { WorkerId } from "../ground/api/worker-id.ts";
import type { CallId } from "../ground/api/call-id.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import type { RevertTarget } from "../ground/api/workers.ts";
import { interruptedError } from "../ground/golem-error.ts";
import type { Invocation } from "../ground/api/invocation.ts";
import { Channel } from "../shard/channel.ts";
import { StorageError } from "../ground/storage-error.ts";
import { readNames } from "../shard/running-names.ts";
import type { RouterOperations, ShardOperations, ShardOptions } from "../shard/protocol.ts";
import { HostClosedError } from "./host-closed-error.ts";
import { settlesWithin } from "../ground/clock/settles-within.ts";

/** How often a shard may die in a row before it is given up. */
const MOST_DEATHS = 5;

/** By default, in milliseconds. */
const PATIENCE = 1_000;

/** How long a thread may take to begin, in milliseconds: it loads its modules first, and the machine may be busy. */
const LONGEST_START = 60_000;

/**
 * One shard's thread as the router sees it. When the thread dies, a new one takes over: its workers recover from their
 * oplogs, and calls that were under way are sent again (the idempotency keys keep them from running twice).
 */
export class ShardThread {
  readonly channel: Channel<ShardOperations>;
  readonly #options: ShardOptions;
  readonly #patience: number;
  #thread: Worker;
  /** Resolves when the present thread has said something, or is gone. */
  #begun = Promise.resolve();
  #deaths = 0;
  #closed = false;

  /** @param patience how long it may leave a call that matters unanswered before it is asked whether it is there, in ms */
  constructor(options: ShardOptions, operations: RouterOperations, patience = PATIENCE) {
    this.#options = options;
    this.#patience = patience;
    this.#thread = this.#start();
    this.channel = new Channel(this.#thread);
    this.channel.serve(operations);
  }

  /** Workers that run, as `component/worker`; some of many. Known also if the thread does not answer. */
  get running(): readonly string[] {
    return readNames(this.#options.running);
  }

  /** Interrupts a worker, also one whose guest never yields. */
  async interrupt(id: WorkerId): Promise<void> {
    const unfinished = await this.#insist(this.channel.call("interrupt", id, []), isWorker(id));
    // What the lost thread was told to run is noted, to be run when the worker is resumed.
    if (unfinished.length > 0) await this.channel.call("interrupt", id, unfinished);
  }

  /** Reverts a worker, also one whose guest never yields. */
  async revert(id: WorkerId, target: RevertTarget, by: CallId): Promise<void> {
    await this.#insist(this.channel.call("revert", id, target, by), isWorker(id));
  }

  /** Deletes a worker, also one whose guest never yields. */
  async delete(id: WorkerId): Promise<void> {
    await this.#insist(this.channel.call("delete", id), isWorker(id));
  }

  /** Removes all workers, also those whose guests never yield. */
  async reset(): Promise<void> {
    await this.#insist(this.channel.call("reset"), () => true);
  }

  /**
   * Waits for a call that a guest which never yields must not hold up: if the thread does not even answer a ping, it is
   * replaced. One that has only just been started is given the time to begin. Callers who wait for workers that are meant are
   * told that they were interrupted.
   *
   * @returns the invocations that were withdrawn with the thread
   */
  async #insist(call: Promise<unknown>, isMeant: (id: WorkerId) => boolean): Promise<readonly Invocation[]> {
    const withdrawn: Invocation[] = [];
    while (!(await settlesWithin(call, this.#patience))) {
      await settlesWithin(this.#begun, LONGEST_START);
      if (await settlesWithin(this.channel.call("ping"), this.#patience)) continue;
      const calls = this.channel.withdraw(
        "invokeAndAwait",
        ([target]) => isMeant(target),
        interruptedError(),
      );
      withdrawn.push(...calls.map(([, invocation]) => invocation));
      await this.#thread.terminate();
    }
    await call;
    return withdrawn;
  }

  /** Ends the thread after its workers have stopped; one that never yields is ended without that. */
  async close(): Promise<void> {
    this.#closed = true;
    const closed = this.channel.call("close");
    closed.catch(() => undefined);
    while (!(await settlesWithin(closed, this.#patience))) {
      await settlesWithin(this.#begun, LONGEST_START);
      if (!(await settlesWithin(this.channel.call("ping"), this.#patience))) break;
    }
    this.channel.end(new HostClosedError());
    await this.#thread.terminate();
  }

  #start(): Worker {
    const thread = new Worker(new URL("../shard/shard-thread.ts", import.meta.url), {
      workerData: this.#options,
    });
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
    if (this.#closed) {
      this.channel.end(cause);
      return;
    }
    this.#deaths += 1;
    if (this.#deaths > MOST_DEATHS) {
      this.channel.end(cause);
      return;
    }
    this.#thread = this.#start();
    this.channel.reconnect(this.#thread);
    // If this thread dies too, its successor activates the workers.
    this.channel.call("activate").catch(() => undefined);
  }
}

function isWorker(id: WorkerId): (other: WorkerId) => boolean {
  return (other) => workerIdText(other) === workerIdText(id);
}
