import type { WorkerId } from "golem:api/host@1.1.6";

import { uuidFromText, uuidToText } from "../uuid.ts";

/**
 * Which worker: the component's UUID, and the worker's name within it.
 *
 * @example
 * ```ts
 * const neighbour: WorkerAddress = { ...self(), workerName: "order-7" };
 * const exists = workerMetadata(neighbour) !== undefined;
 * ```
 */
export interface WorkerAddress {
  readonly componentId: string;
  readonly workerName: string;
}

export function fromWorkerId({ componentId, workerName }: WorkerId): WorkerAddress {
  return { componentId: uuidToText(componentId.uuid), workerName };
}

/** @throws SdkError `invalid-uuid` */
export function toWorkerId({ componentId, workerName }: WorkerAddress): WorkerId {
  return { componentId: { uuid: uuidFromText(componentId) }, workerName };
}
