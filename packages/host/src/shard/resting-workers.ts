import { IdleWorkers, type IdleLimits } from "./idle-workers.ts";
import { Imaging } from "./imaging.ts";
import { type ProofParts, Proofs } from "./proofs.ts";
import type { Worker } from "../worker/worker.ts";

/** What becomes of workers that have nothing to do: they stay, leave memory, have images kept, and are proven. */
export class RestingWorkers {
  readonly imaging: Imaging;
  readonly #idle: IdleWorkers;
  readonly #proofs: Proofs<Worker>;

  /** @param forget takes a worker whose oplog says all about it, and which nobody waits for */
  constructor(
    { imageAfter, ...limits }: IdleLimits & { readonly imageAfter: number | undefined },
    forget: (worker: Worker) => void,
    proofs: ProofParts<Worker>,
  ) {
    this.imaging = new Imaging(imageAfter);
    this.#idle = new IdleWorkers(limits, { leaves: (worker) => this.imaging.leaves(worker), forget });
    this.#proofs = new Proofs(proofs);
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
