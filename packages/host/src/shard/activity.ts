import type { WorkerActivity } from "../worker/worker-activity.ts";

/** So many names are told at most: more would tell nobody anything. */
const MOST_NAMES = 8;

/** How much of a shard moves by itself. */
export interface ActivityReport {
  /** Workers that run. */
  readonly running: number;
  /** Names of those; some of many. */
  readonly names: readonly string[];
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
  /** How many runs go on under a name. */
  readonly #named = new Map<string, number>();
  #waits = 0;
  readonly #outside = new Set<number>();
  #changes = 0;

  /** The same for one worker, which is known by its name. */
  of(name: string): WorkerActivity {
    return {
      during: (run) => this.during(run, name),
      waiting: (wait, reason) => this.waiting(wait, reason, name),
    };
  }

  /** A worker runs from now on, until the promise settles. */
  during<T>(run: () => Promise<T>, name?: string): Promise<T> {
    return this.#count(run, 1, name);
  }

  /** A worker that runs waits until the promise settles. */
  async waiting<T>(wait: Promise<T>, reason: "inside" | "outside", name?: string): Promise<T> {
    this.#waits += 1;
    const outside = this.#waits;
    if (reason === "outside") this.#outside.add(outside);
    try {
      return await this.#count(() => wait, -1, name);
    } finally {
      this.#outside.delete(outside);
    }
  }

  /**
   * Passes a call between workers on. It may wait for others for as long as it likes, so that nothing runs because of it; but that
   * it comes and that its answer goes are changes: a call that is on its way is not at rest, whoever waits for it.
   */
  async passing<T>(call: () => Promise<T>): Promise<T> {
    this.#changes += 1;
    try {
      return await call();
    } finally {
      this.#changes += 1;
    }
  }

  report(): ActivityReport {
    return {
      running: this.#running,
      names: [...this.#named.keys().take(MOST_NAMES)],
      outside: [...this.#outside],
      changes: this.#changes,
    };
  }

  async #count<T>(begin: () => Promise<T>, by: 1 | -1, name: string | undefined): Promise<T> {
    this.#run(by, name);
    try {
      return await begin();
    } finally {
      this.#run(-by, name);
    }
  }

  #run(by: number, name: string | undefined): void {
    this.#changes += 1;
    this.#running += by;
    if (name === undefined) return;
    const count = (this.#named.get(name) ?? 0) + by;
    if (count > 0) this.#named.set(name, count);
    else this.#named.delete(name);
  }
}
