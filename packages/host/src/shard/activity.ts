import type { WorkerActivity } from "../worker/worker-activity.ts";
import type { RunningNames } from "./running-names.ts";

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
  readonly #names: RunningNames | undefined;

  /** @param names are told which workers run */
  constructor(names?: RunningNames) {
    this.#names = names;
  }

  /** The same for one worker, which is known by its name. */
  of(name: string): WorkerActivity {
    return {
      during: (run) => this.during(run, name),
      waiting: (wait, reason) => this.waiting(wait, reason, name),
    };
  }

  /** A worker runs from now on, until the promise settles. */
  during<T>(run: () => Promise<T>, name?: string): Promise<T> {
    return this.#count(run, (by) => this.#run(by, name));
  }

  /** A worker that runs waits until the promise settles. */
  async waiting<T>(wait: Promise<T>, reason: "inside" | "outside", name?: string): Promise<T> {
    this.#waits += 1;
    const outside = this.#waits;
    if (reason === "outside") this.#outside.add(outside);
    try {
      return await this.#count(
        () => wait,
        (by) => this.#run(-by, name),
      );
    } finally {
      this.#outside.delete(outside);
    }
  }

  report(): ActivityReport {
    return { running: this.#running, outside: [...this.#outside], changes: this.#changes };
  }

  #run(by: number, name: string | undefined): void {
    this.#running += by;
    if (name !== undefined) this.#names?.add(name, by);
  }

  async #count<T>(begin: () => Promise<T>, add: (by: number) => void): Promise<T> {
    this.#changes += 1;
    add(1);
    try {
      return await begin();
    } finally {
      this.#changes += 1;
      add(-1);
    }
  }
}
