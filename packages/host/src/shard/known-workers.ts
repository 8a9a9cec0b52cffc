import type { Worker } from "../worker/worker.ts";

/**
 * The workers that are in memory, by name. One that is released may leave it, but there are never two of one: as long
 * as anybody holds it, it is the one that is found.
 */
export class KnownWorkers {
  readonly #kept = new Map<string, Worker>();
  readonly #released = new Map<string, WeakRef<Worker>>();
  readonly #gone = new FinalizationRegistry<string>((name) => {
    if (this.#released.get(name)?.deref() === undefined) this.#released.delete(name);
  });

  /** The worker, kept from now on. */
  find(name: string): Worker | undefined {
    const kept = this.#kept.get(name);
    if (kept !== undefined) return kept;
    const released = this.#released.get(name)?.deref();
    if (released !== undefined) this.keep(name, released);
    return released;
  }

  keep(name: string, worker: Worker): void {
    this.#released.delete(name);
    this.#kept.set(name, worker);
  }

  release(name: string): void {
    const worker = this.#kept.get(name);
    if (worker === undefined) return;
    this.#kept.delete(name);
    this.#released.set(name, new WeakRef(worker));
    this.#gone.register(worker, name);
  }

  delete(name: string): void {
    this.#kept.delete(name);
    this.#released.delete(name);
  }

  clear(): void {
    this.#kept.clear();
    this.#released.clear();
  }

  /** All that are still in memory. */
  all(): Worker[] {
    const released = [...this.#released.values()].map((reference) => reference.deref());
    return [...this.#kept.values(), ...released.filter((worker) => worker !== undefined)];
  }
}
