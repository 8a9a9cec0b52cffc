import type { Worker } from "../worker/worker.ts";

/** Keeps the instances of workers that have nothing to do, up to a number; the longest idle leaves memory first. */
export class IdleInstances {
  readonly #limit: number;
  readonly #idle = new Set<Worker>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(worker: Worker): void {
    this.#idle.delete(worker);
    if (!worker.hasInstance) return;
    this.#idle.add(worker);
    for (const oldest of this.#idle) {
      if (this.#idle.size <= this.#limit) break;
      this.#idle.delete(oldest);
      oldest.unload();
    }
  }

  remove(worker: Worker): void {
    this.#idle.delete(worker);
  }
}
