import { IdleWorkers, type IdleWatch } from "./idle-workers.ts";
import { Imaging } from "./imaging.ts";
import { type ProofParts, Proofs } from "./proofs.ts";
import type { ShardOptions } from "./protocol.ts";
import type { Worker } from "../worker/worker.ts";

type RestingOptions = Pick<ShardOptions, "maxIdleInstances" | "maxIdleMemory" | "imageAfter">;
type RestingParts = ProofParts<Worker> & Pick<IdleWatch, "forget">;

/** What becomes of workers that have nothing to do: they stay, leave memory, have images kept, and are proven. */
export class RestingWorkers {
  readonly imaging: Imaging;
  readonly #idle: IdleWorkers;
  readonly #proofs: Proofs<Worker>;

  constructor({ maxIdleInstances, maxIdleMemory, imageAfter }: RestingOptions, parts: RestingParts) {
    this.imaging = new Imaging(imageAfter);
    this.#idle = new IdleWorkers(
      { instances: maxIdleInstances, memory: maxIdleMemory },
      { leaves: (worker) => this.imaging.leaves(worker), forget: parts.forget },
    );
    this.#proofs = new Proofs(parts);
  }

  /** It is in memory, and has done nothing yet. */
  add(worker: Worker): void {
    this.#idle.add(worker);
  }

  /** It has nothing to do any more. */
  rests(worker: Worker): void {
    this.#idle.add(worker);
    this.imaging.rests(worker);
    this.#proofs.rests(worker);
  }

  remove(worker: Worker): void {
    this.#idle.remove(worker);
  }
}
