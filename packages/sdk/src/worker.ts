/** Workers, this one and others: what is known of them, and what can be done with them. */
export { isWorkerError, WorkerError, type WorkerErrorCode } from "./worker/worker-error.ts";
export {
  forkWorker,
  revertWorker,
  updateWorker,
  type RevertTarget,
  type UpdateMode,
} from "./worker/lifecycle.ts";
export { self, workerMetadata, type WorkerInfo, type WorkerStatus } from "./worker/metadata.ts";
export { resolveComponent, resolveExistingWorker, resolveWorker } from "./worker/resolve.ts";
export {
  where,
  type OrderedProperty,
  type StatusProperty,
  type TextProperty,
  type WorkerFilter,
} from "./worker/where.ts";
export { workers, type WorkersOptions } from "./worker/workers.ts";
export type { WorkerAddress } from "./worker/address.ts";
