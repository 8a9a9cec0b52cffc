import {
  getSelfMetadata,
  getWorkerMetadata,
  resolveWorkerId,
  type WorkerId,
  type WorkerMetadata,
  type WorkerStatus,
} from "golem:api/host@1.1.6";

import { uuidFromText, uuidToText } from "./uuid.ts";

export type { WorkerStatus } from "golem:api/host@1.1.6";

/** Which worker: the component's UUID, and the worker's name within it. */
export interface WorkerAddress {
  readonly componentId: string;
  readonly workerName: string;
}

/** What Golem knows of a worker, as a plain object. */
export interface WorkerInfo extends WorkerAddress {
  readonly status: WorkerStatus;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Counted from 0. */
  readonly componentVersion: number;
  /** Failed attempts of the invocation that runs. Golem 1.2 always says 0. */
  readonly retryCount: number;
}

/**
 * This worker's metadata. It is not part of the oplog: a replay may see another version or status, so nothing that is
 * remembered should depend on those.
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
 * Another worker's metadata, or `undefined` if there is no such worker. Like {@link self}, not part of the oplog.
 * Golem 1.2 gives the status, version and retries of the *asking* worker.
 *
 * Stands on `golem:api/host.get-worker-metadata`.
 *
 * @throws SdkError `invalid-uuid`
 */
export function workerMetadata(worker: WorkerAddress): WorkerInfo | undefined {
  const found = getWorkerMetadata(toWorkerId(worker));
  return found && workerInfo(found);
}

/**
 * The address of a worker of a component that is known by name, or `undefined` if there is no such component. The
 * worker need not exist.
 *
 * Stands on `golem:api/host.resolve-worker-id`.
 *
 * @example
 * ```ts
 * const address = resolveWorker("shop:orders", "o-1");
 * ```
 */
export function resolveWorker(componentName: string, workerName: string): WorkerAddress | undefined {
  const found = resolveWorkerId(componentName, workerName);
  return found && workerAddress(found);
}

function workerInfo(metadata: WorkerMetadata): WorkerInfo {
  return {
    ...workerAddress(metadata.workerId),
    status: metadata.status,
    args: metadata.args,
    env: Object.fromEntries(metadata.env),
    componentVersion: Number(metadata.componentVersion),
    retryCount: Number(metadata.retryCount),
  };
}

function workerAddress({ componentId, workerName }: WorkerId): WorkerAddress {
  return { componentId: uuidToText(componentId.uuid), workerName };
}

function toWorkerId({ componentId, workerName }: WorkerAddress): WorkerId {
  return { componentId: { uuid: uuidFromText(componentId) }, workerName };
}
