import { record } from "../../ground/wit/wit-types.ts";
import type { WitComponentId, WitWorkerId } from "./wit-ids.ts";

const UUID = record({ "high-bits": "u64", "low-bits": "u64" });
const COMPONENT_ID = record({ uuid: UUID });

/** Ids as they are recorded: Golem writes them in snake_case, other than WIT does. */
export const WORKER_ID = record({ component_id: COMPONENT_ID, worker_name: "string" });
export const PROMISE_ID = record({ worker_id: WORKER_ID, oplog_idx: "u64" });

export interface RecordedWorkerId {
  readonly component_id: WitComponentId;
  readonly worker_name: string;
}

export function recordedWorkerId({ componentId, workerName }: WitWorkerId): RecordedWorkerId {
  return { component_id: componentId, worker_name: workerName };
}
