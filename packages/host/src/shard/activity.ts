/** How much of a shard moves by itself. */
export interface ActivityReport {
  /** Workers that run. */
  readonly running: number;
  /** What workers wait for outside of the host, a connection or a socket: a number for each such wait. */
  readonly outside: readonly number[];
  /** Grows with everything that happens: if it is the same as before, nothing has. */
  readonly changes: number;
}

/**
 * What the workers of a shard do. One that waits for time, for a promise or for another worker does not move by itself.
 */
export class Activity {
  #running = 0;
  #waits = 0;
  readonly #outside = new Set<number>();
  #changes = 0;

  /** A worker runs until the promise settles. */
  during<T>(run: Promise<T>): Promise<T> {
    return this.#count(run, (by) => {
      this.#running += by;
    });
  }

  /** A worker that runs waits until the promise settles. */
  async waiting<T>(wait: Promise<T>, reason: "inside" | "outside"): Promise<T> {
    this.#waits += 1;
    const outside = this.#waits;
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
    return { running: this.#running, outside: [...this.#outside], changes: this.#changes };
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
