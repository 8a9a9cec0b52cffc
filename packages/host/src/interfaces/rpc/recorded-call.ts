import { pascalCase, type WitField, type WitType } from "@golem-kit/wit";

import { recordedWorkerId, WORKER_ID } from "../golem/recorded-ids.ts";
import { toWitWorkerId } from "../golem/wit-ids.ts";
import { record, string } from "../../ground/wit/wit-types.ts";
import { RPC_ERROR_TAGS, type RpcCall, type RpcError, type RpcOutcome } from "./rpc-caller.ts";

/** As Golem records it: its cases have other names than those of WIT's `rpc-error`. */
export const RPC_ERROR: WitType = {
  kind: "variant",
  name: null,
  cases: RPC_ERROR_TAGS.map((tag) => ({ name: pascalCase(tag), type: string })),
};

/** An outcome as it is recorded. */
export type RecordedOutcome =
  | { readonly tag: "ok"; readonly val: unknown }
  | { readonly tag: "err"; readonly val: { readonly tag: string; readonly val: string } };

export function recordedOutcome(outcome: RpcOutcome): RecordedOutcome {
  if (outcome.tag === "ok") return outcome;
  const { tag, val } = outcome.val;
  return { tag: "err", val: { tag: pascalCase(tag), val } };
}

/** The inverse of `recordedOutcome`. */
export function outcomeOfRecord(recorded: RecordedOutcome): RpcOutcome {
  if (recorded.tag === "ok") return recorded;
  const { tag, val } = recorded.val;
  return { tag: "err", val: { tag: errorTag(tag), val } };
}

function errorTag(recorded: string): RpcError["tag"] {
  const tag = RPC_ERROR_TAGS.find((each) => pascalCase(each) === recorded);
  if (tag === undefined) throw new Error(`The oplog records an RPC error of an unknown kind: ${recorded}`);
  return tag;
}

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
    remote_worker_id: recordedWorkerId(toWitWorkerId(target)),
    idempotency_key: idempotencyKey,
    function_name: functionName,
    function_params: params.values,
  };
}
