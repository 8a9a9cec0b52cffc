import { GolemError } from "../ground/golem-error.ts";
import type { SharedStores } from "../storage/shared-stores.ts";
import type { Worker } from "../worker/worker.ts";
import type { WorkerDirectory } from "../interfaces/worker-directory.ts";
import { workerMetadata } from "../journal/worker-metadata.ts";
import type { Channel } from "./channel.ts";
import type { PromiseBells } from "./promise-bells.ts";
import type { RouterOperations } from "./protocol.ts";

/** What one worker may know and ask of workers and promises. */
export function workerDirectory(
  worker: Pick<Worker, "id" | "journal">,
  { components, promises }: SharedStores,
  router: Channel<RouterOperations>,
  bells: PromiseBells,
): WorkerDirectory {
  return {
    ...bells.of(worker.id),
    self: () => workerMetadata(worker.id, worker.journal.state),
    metadata: async (id) => {
      try {
        return await router.call("get", id);
      } catch (error) {
        if (error instanceof GolemError && error.detail.type === "WorkerNotFound") return undefined;
        throw error;
      }
    },
    list: (componentId, query) => router.call("list", componentId, query),
    oplog: (id, page) => router.call("oplog", id, page),
    fork: (source, target, cutOff, by, own = []) => router.call("fork", source, target, cutOff, by, own),
    update: (id, mode, targetVersion, by) => router.call("update", id, mode, targetVersion, by),
    revert: (id, target, by) => router.call("revert", id, target, by),
    resolveComponent: (name) => components.idOf(name),
    promise: (id) => promises.get(id),
    createPromise: (id, isNew) => promises.create(id, isNew),
    deletePromise: (id) => promises.delete(id),
    awaitPromise: (id) => promises.await(id),
    assertAwaitedAgain: () => undefined,
    completePromise: (id, data, by) => {
      const completed = promises.complete(id, data, by);
      if (completed && promises.isAwaited(id)) void router.call("wake", id.workerId);
      return completed;
    },
  };
}
