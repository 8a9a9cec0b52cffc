import type { Worker } from "../worker/worker.ts";

export interface IdleLimits {
  /** How many instances. */
  readonly instances: number;
  /** Bytes that instances and what is known of workers without one may take together. */
  readonly memory: number;
}

/** Who is told of what becomes of them. */
export interface IdleWatch {
  /** The worker is about to lose its instance. */
  readonly leaves: (worker: Worker) => void;
  /** Takes a worker whose oplog says all about it, and which nobody waits for. */
  readonly forget: (worker: Worker) => void;
}

/**
 * The workers that have nothing to do, up to a limit. The longest idle lose their instances first; when that is not
 * enough, the longest idle of those without one are forgotten. Both come back by themselves, from their oplogs.
 */
export class IdleWorkers {
  readonly #limits: IdleLimits;
  readonly #watch: IdleWatch;
  readonly #withInstance = new Map<Worker, number>();
  readonly #without = new Map<Worker, number>();
  #memory = 0;

  constructor(limits: IdleLimits, watch: IdleWatch) {
    this.#limits = limits;
    this.#watch = watch;
  }

  add(worker: Worker): void {
    this.remove(worker);
    this.#insert(worker);
    for (const oldest of this.#withInstance.keys()) {
      if (this.#withInstance.size <= this.#limits.instances && !this.#isFull) break;
      this.remove(oldest);
      // One that is busy again is told when it is not.
      if (oldest.busy) continue;
      this.#watch.leaves(oldest);
      oldest.unload();
      this.#insert(oldest);
    }
    for (const oldest of this.#without.keys()) {
      if (!this.#isFull) break;
      this.remove(oldest);
      if (oldest.canBeForgotten) this.#watch.forget(oldest);
    }
  }

  remove(worker: Worker): void {
    for (const workers of [this.#withInstance, this.#without]) {
      this.#memory -= workers.get(worker) ?? 0;
      workers.delete(worker);
    }
  }

  get #isFull(): boolean {
    return this.#memory > this.#limits.memory;
  }

  #insert(worker: Worker): void {
    const { instanceSize, journal } = worker;
    const size = instanceSize + journal.memorySize;
    (instanceSize > 0 ? this.#withInstance : this.#without).set(worker, size);
    this.#memory += size;
  }
}
