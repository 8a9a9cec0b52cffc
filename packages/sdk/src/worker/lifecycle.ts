import {
  forkWorker as forkHostWorker,
  revertWorker as revertHostWorker,
  updateWorker as updateHostWorker,
  type UpdateMode,
} from "golem:api/host@1.1.6";

import { toWorkerId, type WorkerAddress } from "./address.ts";
import { requireU64 } from "./require-u64.ts";

/**
 * How a worker is brought to another version, by the names of `golem:api/host.update-mode`.
 *
 * @example
 * ```ts
 * const mode: UpdateMode = "snapshot-based";
 * updateWorker(address, 3n, mode);
 * ```
 */
export type { UpdateMode } from "golem:api/host@1.1.6";

/**
 * How far a worker is reverted.
 *
 * @example
 * ```ts
 * const target: RevertTarget = { lastInvocations: 2n };
 * revertWorker(address, target);
 * ```
 */
export type RevertTarget =
  /** The last entry of its oplog that stays. */
  | { readonly toOplogIndex: bigint }
  /** How many of its last invocations are forgotten. */
  | { readonly lastInvocations: bigint };

/**
 * Asks for another version of a worker's component, and does not wait for it. `"automatic"` replays the worker's oplog on
 * the new code; `"snapshot-based"` lets the old code save its state and the new one load it.
 *
 * What Golem refuses (a worker that does not exist, the version that it has) ends this worker's instance: Golem has no
 * error for it. An update that fails later, to a version that does not exist for instance, leaves the worker as it was;
 * its oplog has the reason.
 *
 * Stands on `golem:api/host.update-worker`, which fails the worker for good on Golem 1.2.0 as a single binary.
 *
 * @throws WorkerError `invalid-argument` for a version that is no whole number from 0; SdkError `invalid-uuid`
 * @example
 * ```ts
 * for await (const worker of workers("shop:orders", where.version.less(2n))) updateWorker(worker, 2n);
 * ```
 */
export function updateWorker(
  worker: WorkerAddress,
  targetVersion: bigint,
  mode: UpdateMode = "automatic",
): void {
  requireU64("updateWorker", "The version", targetVersion);
  updateHostWorker(toWorkerId(worker), targetVersion, mode);
}

/**
 * Makes a new worker out of the first entries of another one's oplog, and lets it go on from there. What Golem refuses (a
 * source that does not exist, a target that does) ends this worker's instance.
 *
 * Stands on `golem:api/host.fork-worker`, which fails the worker for good on Golem 1.2.0 as a single binary.
 *
 * @param cutOff the last entry that is copied, at least 2
 * @throws WorkerError `invalid-argument`; SdkError `invalid-uuid`
 * @example
 * ```ts
 * forkWorker(self(), { ...self(), workerName: "what-if" }, currentOplogIndex());
 * ```
 */
export function forkWorker(source: WorkerAddress, target: WorkerAddress, cutOff: bigint): void {
  requireU64("forkWorker", "The index of the last entry to copy", cutOff, 2n);
  forkHostWorker(toWorkerId(source), toWorkerId(target), cutOff);
}

/**
 * Lets another worker forget the end of its oplog. The world outside does not forget what it did. What Golem refuses (a
 * worker that does not exist, an index beyond its end) ends this worker's instance.
 *
 * Stands on `golem:api/host.revert-worker`, which fails the worker for good on Golem 1.2.0 as a single binary.
 *
 * @throws WorkerError `invalid-argument`; SdkError `invalid-uuid`
 * @example
 * ```ts
 * revertWorker(address, { lastInvocations: 1n });
 * ```
 */
export function revertWorker(worker: WorkerAddress, target: RevertTarget): void {
  if ("toOplogIndex" in target) {
    requireU64("revertWorker", "The index of the last entry that stays", target.toOplogIndex, 1n);
    revertHostWorker(toWorkerId(worker), { tag: "revert-to-oplog-index", val: target.toOplogIndex });
    return;
  }
  requireU64("revertWorker", "The number of invocations", target.lastInvocations, 1n);
  revertHostWorker(toWorkerId(worker), { tag: "revert-last-invocations", val: target.lastInvocations });
}
