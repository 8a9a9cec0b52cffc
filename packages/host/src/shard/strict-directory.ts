import { type PromiseId, workerIdText } from "../ground/api/worker-id.ts";
import type { WorkerDirectory } from "../interfaces/worker-directory.ts";
import type { PromiseStore } from "../storage/promise-store.ts";

/** What a worker may know and ask of others, as far as Golem 1.2 lets it. */
export function strictDirectory(directory: WorkerDirectory, promises: PromiseStore): WorkerDirectory {
  return {
    ...directory,
    assertAwaitedAgain: refuseDeleted,
    // What only looks at a promise is not told of it.
    lookedAt: () => undefined,
    // Nobody wakes the worker that awaits it.
    completePromise: (id, data, by) => promises.complete(id, data, by),
    fork: () => unreachable("fork a worker", "do without: nothing else forks there"),
    update: () => unreachable("update a worker", FROM_OUTSIDE),
    revert: () => unreachable("revert a worker", FROM_OUTSIDE),
  };
}

function refuseDeleted({ workerId, oplogIdx }: PromiseId): never {
  throw new Error(
    `FailedToResumeWorker: ${workerIdText(workerId)} awaited its promise ${oplogIdx} and deleted it, and Golem 1.2 cannot ` +
      "replay that. What to do: leave a promise that was awaited; it goes with its worker.",
  );
}

const FROM_OUTSIDE = "let whoever is outside do it, over REST or with a command line";

function unreachable(what: string, remedy: string): Promise<never> {
  return Promise.reject(
    new Error(
      `gRPC transport error: Connection refused. On Golem 1.2 no worker can ${what}. What to do: ${remedy}.`,
    ),
  );
}
