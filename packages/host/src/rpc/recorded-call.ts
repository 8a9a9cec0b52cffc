import type { WitField, WitType } from "@golem-kit/wit";

import type { WorkerId } from "../api.ts";
import { toWitWorkerId } from "../interfaces/golem/wit-ids.ts";
import { record, string } from "../interfaces/wit-types.ts";
import type { RpcCall } from "./rpc-caller.ts";

export const RPC_ERROR: WitType = {
  kind: "variant",
  name: "rpc-error",
  cases: ["protocol-error", "denied", "not-found", "remote-internal-error"].map((name) => ({
    name,
    type: string,
  })),
};

const COMPONENT_ID = record({ uuid: record({ "high-bits": "u64", "low-bits": "u64" }) });
export const WORKER_ID = record({ component_id: COMPONENT_ID, worker_name: "string" });
export const DATETIME = record({ seconds: "u64", nanoseconds: "u32" });

/** Of the request of a call, which depends on the function that is called. */
export function requestType(
  params: readonly WitField[],
  more: Readonly<Record<string, WitType>> = {},
): WitType {
  return record({
    remote_worker_id: WORKER_ID,
    idempotency_key: string,
    function_name: string,
    function_params: { kind: "tuple", items: params.map((param) => param.type) },
    ...more,
  });
}

/** Field names as they are recorded: in snake_case, which `camelCase` leaves alone. */
export function requestOf({
  target,
  idempotencyKey,
  functionName,
  params,
}: RpcCall): Record<string, unknown> {
  return {
    remote_worker_id: recordedWorkerId(target),
    idempotency_key: idempotencyKey,
    function_name: functionName,
    function_params: params.values,
  };
}

export interface RecordedWorkerId {
  readonly component_id: unknown;
  readonly worker_name: string;
}

export function recordedWorkerId(id: WorkerId): RecordedWorkerId {
  const { componentId, workerName } = toWitWorkerId(id);
  return { component_id: componentId, worker_name: workerName };
}
