import type { WorkerId } from "../../ground/api/worker-id.ts";
import { uuidHalves, uuidText, type UuidHalves } from "../../ground/uuid.ts";

export interface WitComponentId {
  readonly uuid: UuidHalves;
}

export interface WitWorkerId {
  readonly componentId: WitComponentId;
  readonly workerName: string;
}

export function toWitComponentId(componentId: string): WitComponentId {
  return { uuid: uuidHalves(componentId) };
}

export function fromWitComponentId({ uuid }: WitComponentId): string {
  return uuidText(uuid);
}

export function toWitWorkerId({ componentId, workerName }: WorkerId): WitWorkerId {
  return { componentId: toWitComponentId(componentId), workerName };
}

export function fromWitWorkerId({ componentId, workerName }: WitWorkerId): WorkerId {
  return { componentId: fromWitComponentId(componentId), workerName };
}

/**
 * The worker that golem:rpc@0.1 names by `urn:worker:{component id}/{worker name}`, and in stubs of its first time by
 * `worker://…`; the name may be percent-encoded.
 */
export function fromWorkerUri(uri: string): WorkerId {
  const [, componentId, name] = /^(?:urn:worker:|worker:\/\/)([0-9a-f-]{36})\/(.+)$/i.exec(uri) ?? [];
  if (componentId === undefined || name === undefined)
    throw new Error(`Not the URI of a worker: ${uri}; expected urn:worker:{component id}/{worker name}`);
  return { componentId: componentId.toLowerCase(), workerName: decodeURIComponent(name) };
}
