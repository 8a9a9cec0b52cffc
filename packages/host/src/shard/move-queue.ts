import { settlesWithin } from "../ground/clock/settles-within.ts";
import type { Mover } from "../worker/mover.ts";

/** Milliseconds that a worker may take before the next one's turn comes too. */
const PATIENCE = 5_000;

/**
 * Workers that are moved in the background, one after the other: each is there again after its own replay and not after
 * all of them, and calls have their turn between. Who is called while it waits is moved at once.
 */
export class MoveQueue {
  readonly #waiting = new Set<Mover>();
  #isRunning = false;

  add(mover: Mover): void {
    this.#waiting.add(mover);
    if (!this.#isRunning) void this.#run();
  }

  remove(mover: Mover): void {
    this.#waiting.delete(mover);
  }

  clear(): void {
    this.#waiting.clear();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (const mover of this.#waiting) {
      this.#waiting.delete(mover);
      await settlesWithin(mover.attempt(), PATIENCE);
    }
    this.#isRunning = false;
  }
}
