import { type PromiseId, type WorkerId, workerIdText } from "../ground/api/worker-id.ts";
import type { PromiseBell, WorkerDirectory } from "../interfaces/worker-directory.ts";
import type { PromiseStore } from "../storage/promise-store.ts";

/** Those who wait beside other things for promises that workers of one shard have made. */
export class PromiseBells {
  readonly #promises: PromiseStore;
  readonly #listening = new Map<string, PromiseWithResolvers<void>>();

  constructor(promises: PromiseStore) {
    this.#promises = promises;
  }

  /** A worker was woken: one of its promises may be completed. */
  ring(id: WorkerId): void {
    const key = workerIdText(id);
    this.#listening.get(key)?.resolve();
    this.#listening.delete(key);
  }

  /** What one worker looks at. */
  of(worker: WorkerId): Pick<WorkerDirectory, "noteLook" | "lookedAt"> {
    const own = workerIdText(worker);
    let inVain: PromiseId | undefined;
    return {
      noteLook: (id, isCompleted) => {
        inVain = isCompleted ? undefined : id;
      },
      // The completion of a promise wakes the worker that has made it, and no other.
      lookedAt: () =>
        inVain === undefined || workerIdText(inVain.workerId) !== own ? undefined : this.#bell(own, inVain),
    };
  }

  #bell(own: string, id: PromiseId): PromiseBell {
    return {
      hasRung: () => this.#promises.get(id).state !== "pending",
      change: (ended) => {
        if (!this.#promises.isAwaited(id)) this.#promises.await(id);
        return this.#listen(own, ended);
      },
    };
  }

  #listen(worker: string, ended: AbortSignal): Promise<void> {
    const others = this.#listening.get(worker);
    if (others !== undefined) return others.promise;
    const listening = Promise.withResolvers<void>();
    this.#listening.set(worker, listening);
    const forget = (): void => {
      if (this.#listening.get(worker) === listening) this.#listening.delete(worker);
    };
    ended.addEventListener("abort", forget, { once: true });
    return listening.promise;
  }
}
