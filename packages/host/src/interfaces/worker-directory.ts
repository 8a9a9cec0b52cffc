import type { OplogPage } from "../ground/api/public-oplog.ts";
import type { WorkerId, PromiseId } from "../ground/api/worker-id.ts";
import type { WorkerMetadata } from "../ground/api/worker-metadata.ts";
import type { CallId } from "../ground/api/call-id.ts";
import type { RevertTarget, UpdateMode, WorkerListing, Workers } from "../ground/api/workers.ts";
import type { OplogEntryCase } from "../oplog/entry.ts";
import type { PromiseState } from "../storage/promise-store.ts";

/** Tells of one promise of the worker itself. */
export interface PromiseBell {
  /** True if the promise is completed. */
  hasRung(): boolean;
  /**
   * Resolves when that may have become true. From now on the completion wakes the worker, also if it has left memory.
   *
   * @param ended aborted when nobody listens any more
   */
  change(ended: AbortSignal): Promise<void>;
}

/** What a worker may know and ask of workers, itself included. */
export interface WorkerDirectory {
  self(): WorkerMetadata;
  /** `undefined` if there is no such worker. */
  metadata(id: WorkerId): Promise<WorkerMetadata | undefined>;
  list(componentId: string, query: Parameters<Workers["list"]>[1]): Promise<WorkerListing>;
  oplog(id: WorkerId, page: Parameters<Workers["oplog"]>[1]): Promise<OplogPage>;
  /** @param own entries that only the new worker has, after the copied ones. @throws GolemError */
  fork(
    source: WorkerId,
    target: WorkerId,
    cutOff: number,
    by: CallId,
    own?: readonly OplogEntryCase[],
  ): Promise<void>;
  /** Resolves when the update is noted. @throws GolemError */
  update(id: WorkerId, mode: UpdateMode, targetVersion: number, by: CallId): Promise<void>;
  /** @throws GolemError */
  revert(id: WorkerId, target: RevertTarget, by: CallId): Promise<void>;
  /** Id of a component by its name, `undefined` if there is none. */
  resolveComponent(name: string): string | undefined;
  promise(id: PromiseId): PromiseState;
  /** @param isNew it was not there before, or is of a process that could not record it */
  createPromise(id: PromiseId, isNew: boolean): void;
  deletePromise(id: PromiseId): void;
  /** From now on the completion of this promise wakes this worker. */
  awaitPromise(id: PromiseId): void;
  /** The guest was told whether this promise is completed. */
  noteLook(id: PromiseId, isCompleted: boolean): void;
  /** What tells of the promise that the guest looked at last, in vain; `undefined` if nobody would tell this worker. */
  lookedAt(): PromiseBell | undefined;
  /** @throws Error if a replay may not await a deleted promise again */
  assertAwaitedAgain(id: PromiseId): void;
  /** False if it was completed before by another. Wakes the worker that waits for it. @param by who completes it */
  completePromise(id: PromiseId, data: Uint8Array, by: string): boolean;
}
