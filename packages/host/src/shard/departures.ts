import type { Port } from "./channel.ts";
import type { CallTarget } from "./shard-rpc.ts";

/** What is committed, and whether it is on the disk. */
export interface Flushable {
  /** True if nothing that was committed can be lost. */
  readonly isFlushed: boolean;
  /** Resolves when all that was committed before the call is on the disk. @throws StorageError */
  flush(): Promise<void>;
}

/**
 * Lets go what leaves a worker, when all that was committed before is on the disk, and in order: one flush for all that came
 * while the one before was under way. A flush that fails ends the thread, and nothing more leaves it: nobody knows then what
 * is on the disk.
 */
export class Departures {
  readonly #committed: Flushable;
  #waiting: (() => void)[] = [];
  #isFlushing = false;

  constructor(committed: Flushable) {
    this.#committed = committed;
  }

  /** A port whose messages wait. */
  port(port: Port): Port {
    return { postMessage: (message) => this.#depart(() => port.postMessage(message)) };
  }

  /** Calls wait, and so do their answers. */
  target(target: CallTarget): CallTarget {
    return {
      invoke: (...call) => this.#around(() => target.invoke(...call)),
      invokeAndAwait: (...call) => this.#around(() => target.invokeAndAwait(...call)),
    };
  }

  async #around<T>(call: () => Promise<T>): Promise<T> {
    await this.#flushed();
    try {
      return await call();
    } finally {
      // What goes wrong is an answer too.
      await this.#flushed();
    }
  }

  #flushed(): Promise<void> {
    return new Promise((resolve) => this.#depart(resolve));
  }

  #depart(go: () => void): void {
    if (this.#committed.isFlushed && !this.#isFlushing) {
      go();
      return;
    }
    this.#waiting.push(go);
    if (!this.#isFlushing) void this.#flush();
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    while (this.#waiting.length > 0) {
      const served = this.#waiting;
      this.#waiting = [];
      await this.#committed.flush();
      for (const go of served) go();
    }
    this.#isFlushing = false;
  }
}
