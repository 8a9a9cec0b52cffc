import type { WorkerId } from "../ground/api/worker-id.ts";
import type { WorkerMetadata } from "../ground/api/worker-metadata.ts";
import type { WorkerState } from "./worker-state.ts";

/** Golem's metadata of a worker, out of what its oplog says. */
export function workerMetadata(workerId: WorkerId, state: WorkerState): WorkerMetadata {
  const ownedResources = [...state.resources].map(([id, { createdAt, indexed }]) => [
    String(id),
    { createdAt: new Date(createdAt).toISOString(), indexed },
  ]);
  return {
    workerId,
    args: state.create.args,
    env: state.create.env,
    status: state.status,
    componentVersion: state.componentVersion,
    retryCount: state.failures.count,
    pendingInvocationCount: state.pending.size,
    updates: state.updates.records,
    createdAt: new Date(state.createdAt).toISOString(),
    lastError: state.failures.last,
    componentSize: state.componentSize,
    totalLinearMemorySize: state.memorySize,
    ownedResources: Object.fromEntries(ownedResources),
    activePlugins: [],
  };
}
