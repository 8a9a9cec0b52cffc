import { realNow } from "../ground/clock/real-time.ts";
import type { Worker } from "../worker/worker.ts";

/** A worker that stays in memory keeps an image less often than one that leaves it: it is replayed only after a crash. */
const RARER = 10;

/** Milliseconds for which a worker has had nothing to do before it is looked at: nobody is to wait for its image. */
const REST = 100;

/** Milliseconds that the end of a host may take for images; what has none is replayed. */
const LAST = 300;

/** When images of workers are kept: as they leave memory, when they rest and much has happened since the last one, and at the end. */
export class Imaging {
  /** Entries that a recovery would replay, from which on an image is worth it. 0: each time that a worker rests. `undefined`: never. */
  after: number | undefined;
  readonly #resting = new Set<Worker>();

  constructor(after: number | undefined) {
    this.after = after;
  }

  /** The worker has nothing to do at the moment. */
  rests(worker: Worker): void {
    const { after } = this;
    if (after === undefined) return;
    if (after === 0) return worker.checkpoint(0);
    const least = after * RARER;
    if (worker.behind < least || this.#resting.has(worker)) return;
    this.#resting.add(worker);
    setTimeout(() => {
      this.#resting.delete(worker);
      worker.checkpoint(least);
    }, REST).unref();
  }

  /** The worker is about to leave memory. */
  leaves(worker: Worker): void {
    if (this.after !== undefined) worker.checkpoint(this.after);
  }

  /** The host ends: of those that have nothing to do images are kept, as far as there is time. */
  end(workers: readonly Worker[]): void {
    const until = realNow() + LAST;
    for (const worker of workers) {
      if (realNow() > until) return;
      this.leaves(worker);
    }
  }
}
