import { Worker } from "node:worker_threads";

import { Channel } from "../shard/channel.ts";
import type { RouterOperations, ShardOperations, ShardOptions } from "../shard/protocol.ts";

/** How often a shard may die in a row before it is given up. */
const MOST_DEATHS = 5;

/**
 * One shard's thread as the router sees it. When the thread dies, a new one takes over: its workers recover from their
 * oplogs, and calls that were under way are sent again (the idempotency keys keep them from running twice).
 */
export class ShardThread {
  readonly channel: Channel<ShardOperations>;
  readonly #options: ShardOptions;
  #thread: Worker;
  #deaths = 0;
  #closed = false;

  constructor(options: ShardOptions, operations: RouterOperations) {
    this.#options = options;
    this.#thread = this.#start();
    this.channel = new Channel(this.#thread);
    this.channel.serve(operations);
  }

  /** Ends the thread after its workers have stopped. */
  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.channel.call("close");
    } finally {
      this.channel.end(new Error("The host is closed"));
      await this.#thread.terminate();
    }
  }

  #start(): Worker {
    const thread = new Worker(new URL("../shard/shard-thread.ts", import.meta.url), {
      workerData: this.#options,
    });
    let failure: Error | undefined;
    thread.on("message", (message) => {
      this.#deaths = 0;
      this.channel.receive(message);
    });
    thread.on("error", (error: Error) => {
      failure = error;
    });
    thread.on("exit", (code) => this.#died(failure ?? new Error(`A shard thread ended with code ${code}`)));
    return thread;
  }

  #died(cause: Error): void {
    if (this.#closed) return;
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
