/** How much of a shard moves by itself. */
export interface ActivityReport {
  /** Workers that run. */
  readonly running: number;
  /** Workers that wait for something outside of the host: a connection, a socket. */
  readonly outside: number;
  /** Grows with everything that happens: if it is the same as before, nothing has. */
  readonly changes: number;
}

/**
 * What the workers of a shard do. One that waits for time, for a promise or for another worker does not move by itself.
 */
export class Activity {
  #running = 0;
  #outside = 0;
  #changes = 0;

  /** A worker runs until the promise settles. */
  during<T>(run: Promise<T>): Promise<T> {
    return this.#count(run, (by) => {
      this.#running += by;
    });
  }

  /** A worker that runs waits until the promise settles. */
  waiting<T>(wait: Promise<T>, reason: "inside" | "outside"): Promise<T> {
    return this.#count(wait, (by) => {
      this.#running -= by;
      if (reason === "outside") this.#outside += by;
    });
  }

  report(): ActivityReport {
    return { running: this.#running, outside: this.#outside, changes: this.#changes };
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
