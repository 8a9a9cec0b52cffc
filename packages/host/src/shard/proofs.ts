import type { ReplayReport } from "../ground/api/simulation.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";

/** One in so many recoveries from an image is proven. */
const RARITY = 64;

/** Entries above which a replay would take the thread for too long. */
const LONGEST = 100_000;

/** What is looked at of a worker. */
export interface ProvenWorker {
  readonly id: WorkerId;
  readonly journal: { readonly oplog: { readonly lastIndex: number } };
  /** True, once for each recovery, if that has begun with an image. */
  takeRestored(): boolean;
}

export interface ProofParts<W extends ProvenWorker> {
  /** Replays all that a worker has recorded, beside it. */
  readonly replay: (worker: W) => Promise<ReplayReport>;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Whoever runs the host should know this of the worker. */
  readonly notice: (worker: W, message: string) => void;
}

/**
 * Replays now and then what came back from an image, while the worker has nothing to do: an oplog that cannot be replayed any more
 * would not be noticed otherwise, until the day when nothing else is left.
 */
export class Proofs<W extends ProvenWorker> {
  readonly #parts: ProofParts<W>;
  #isProving = false;

  constructor(parts: ProofParts<W>) {
    this.#parts = parts;
  }

  /** The worker has nothing to do at the moment. */
  rests(worker: W): void {
    if (this.#isProving || !worker.takeRestored()) return;
    if (this.#parts.random() * RARITY >= 1 || worker.journal.oplog.lastIndex > LONGEST) return;
    void this.#prove(worker);
  }

  async #prove(worker: W): Promise<void> {
    this.#isProving = true;
    try {
      const report = await this.#parts.replay(worker);
      if (report.replays) return;
      this.#parts.notice(
        worker,
        `It came back from its image, and its oplog cannot be replayed any more: ${report.message} What to do: the worker goes on; ` +
          "update it, or revert it to before that entry, before it has to be replayed.",
      );
    } catch {
      // It was deleted meanwhile, or the host ends: there is nothing to prove.
    } finally {
      this.#isProving = false;
    }
  }
}
