import {
  getSelfMetadata,
  getWorkerMetadata,
  type WorkerMetadata,
  type WorkerStatus,
} from "golem:api/host@1.1.6";

import { recordedAnswer } from "../durability/recorded-answer.ts";
import { fromWorkerId, toWorkerId, type WorkerAddress } from "./address.ts";

/**
 * What a worker is doing, by the names of `golem:api/host.worker-status`.
 *
 * @example
 * ```ts
 * const isInTrouble = (status: WorkerStatus): boolean => status === "failed" || status === "retrying";
 * ```
 */
export type { WorkerStatus } from "golem:api/host@1.1.6";

/**
 * What Golem knows of a worker, as a plain object.
 *
 * @example
 * ```ts
 * const { workerName, componentVersion }: WorkerInfo = self();
 * log.info("here", { workerName, componentVersion });
 * ```
 */
export interface WorkerInfo extends WorkerAddress {
  readonly status: WorkerStatus;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Counted from 0. */
  readonly componentVersion: bigint;
  /** Failed attempts of the invocation that runs. Golem 1.2 always says 0. */
  readonly retryCount: bigint;
}

/**
 * This worker's metadata. It is not part of the oplog: a replay may see another version or status, so nothing that is
 * remembered should depend on those. `durable` fixes them.
 *
 * Stands on `golem:api/host.get-self-metadata`.
 *
 * @example
 * ```ts
 * const { workerName } = self();
 * ```
 */
export function self(): WorkerInfo {
  return workerInfo(getSelfMetadata());
}

/**
 * Another worker's metadata, or `undefined` if there is no such worker. Golem does not record what it answers here; it is
 * recorded under `worker metadata`, so that a replay gets the same.
 * Golem 1.2 gives the status, version and retries of the *asking* worker.
 *
 * Stands on `golem:api/host.get-worker-metadata` and `golem:durability/durability`; the world imports
 * `golem:api/host@1.1.6` and `golem:durability/durability@1.2.0`.
 *
 * @throws SdkError `invalid-uuid`
 * @example
 * ```ts
 * const isNew = workerMetadata({ ...self(), workerName: "o-1" }) === undefined;
 * ```
 */
export function workerMetadata(worker: WorkerAddress): WorkerInfo | undefined {
  const id = toWorkerId(worker);
  return recordedAnswer("worker metadata", id, () => {
    const found = getWorkerMetadata(id);
    return found && workerInfo(found);
  });
}

export function workerInfo(metadata: WorkerMetadata): WorkerInfo {
  const { workerId, status, args, env, componentVersion, retryCount } = metadata;
  return {
    ...fromWorkerId(workerId),
    status,
    args,
    env: Object.fromEntries(env),
    componentVersion,
    retryCount,
  };
}
