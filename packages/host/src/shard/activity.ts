import { realNow } from "../clock/real-time.ts";

/** How much of a shard moves by itself. */
export interface ActivityReport {
  /** Workers that run. */
  readonly running: number;
  /** Since when workers wait for something outside of the host, a connection or a socket: milliseconds since the epoch. */
  readonly outside: readonly number[];
  /** Grows with everything that happens: if it is the same as before, nothing has. */
  readonly changes: number;
}

/**
 * What the workers of a shard do. One that waits for time, for a promise or for another worker does not move by itself.
 */
export class Activity {
  #running = 0;
  readonly #outside = new Set<{ readonly since: number }>();
  #changes = 0;

  /** A worker runs until the promise settles. */
  during<T>(run: Promise<T>): Promise<T> {
    return this.#count(run, (by) => {
      this.#running += by;
    });
  }

  /** A worker that runs waits until the promise settles. */
  async waiting<T>(wait: Promise<T>, reason: "inside" | "outside"): Promise<T> {
    const outside = { since: realNow() };
    if (reason === "outside") this.#outside.add(outside);
    try {
      return await this.#count(wait, (by) => {
        this.#running -= by;
      });
    } finally {
      this.#outside.delete(outside);
    }
  }

  report(): ActivityReport {
    const outside = Array.from(this.#outside, ({ since }) => since);
    return { running: this.#running, outside, changes: this.#changes };
  }

  async #count<T>(promise: Promise<T>, add: (by: number) => void): Promise<T> {
    this.#changes += 1;
    add(1);
    try {
      return await promise;
    } finally {
      this.#changes += 1;
      add(-1);
    }
  }
}
