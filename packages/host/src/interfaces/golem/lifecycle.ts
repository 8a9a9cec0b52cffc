import type { WitType } from "@golem-kit/wit";

import type { RevertTarget } from "../../ground/api/workers.ts";
import { writeRemote, type HostFunctions } from "../host-interface.ts";
import { record, string, u64, variant } from "../../ground/wit/wit-types.ts";
import { recordedWorkerId, WORKER_ID } from "./recorded-ids.ts";
import { fromWitWorkerId, type WitWorkerId } from "./wit-ids.ts";
import type { IdentityPort, WaitPort, DurabilityPort, WorkersPort } from "../ports.ts";

type Ports = IdentityPort & WaitPort & DurabilityPort & WorkersPort;

interface WitRevertTarget {
  readonly tag: "revert-to-oplog-index" | "revert-last-invocations";
  readonly val: bigint;
}

function fromWitRevertTarget({ tag, val }: WitRevertTarget): RevertTarget {
  return tag === "revert-to-oplog-index"
    ? { type: "revertToOplogIndex", lastOplogIndex: Number(val) }
    : { type: "revertLastInvocations", numberOfInvocations: Number(val) };
}

const REVERT_TARGET = variant({
  "revert-to-oplog-index": record({ "last-oplog-index": u64 }),
  "revert-last-invocations": record({ "number-of-invocations": u64 }),
});

function recordedRevertTarget({ tag, val }: WitRevertTarget): unknown {
  return {
    tag,
    val: tag === "revert-to-oplog-index" ? { lastOplogIndex: val } : { numberOfInvocations: val },
  };
}

type WitUpdateMode = "automatic" | "snapshot-based";

const UPDATE_MODES = { automatic: "Automatic", "snapshot-based": "Manual" } as const;

const FORK = "golem::api::fork";
const FORK_RESULT: WitType = { kind: "enum", name: null, cases: ["original", "forked"] };

/** The new worker is in the middle of the same call, and finds in its oplog that it is the other one. */
function forkSelf({ workers, workerId, durability }: Ports, newName: string): Promise<void> {
  const cutOff = durability.lastIndex;
  const target = { componentId: workerId.componentId, workerName: newName };
  const forked = {
    type: "ImportedFunctionInvoked",
    functionName: FORK,
    request: newName,
    response: "forked",
    durableFunctionType: { type: "WriteRemote" },
  } as const;
  const end = { type: "EndRemoteWrite", beginIndex: cutOff } as const;
  const own = durability.idempotenceMode ? [forked] : [forked, end];
  return workers.fork(workerId, target, cutOff, durability.callId, own);
}

/** The functions of `golem:api/host` that make another past, or another program, of a worker. */
export const lifecycleFunctions: HostFunctions<Ports> = {
  "fork-worker": writeRemote("golem::api::fork_worker", {
    types: {
      request: record({
        source_worker_id: WORKER_ID,
        target_worker_id: WORKER_ID,
        oplog_idx_cut_off: "u64",
      }),
      response: null,
    },
    waits: true,
    request: (_, source: WitWorkerId, target: WitWorkerId, cutOff: bigint) => ({
      source_worker_id: recordedWorkerId(source),
      target_worker_id: recordedWorkerId(target),
      oplog_idx_cut_off: cutOff,
    }),
    run: (context, source: WitWorkerId, target: WitWorkerId, cutOff: bigint) => {
      const { workers, durability } = context;
      return context.wait(
        workers.fork(fromWitWorkerId(source), fromWitWorkerId(target), Number(cutOff), durability.callId),
      );
    },
  }),
  fork: writeRemote(FORK, {
    types: { request: string, response: FORK_RESULT },
    waits: true,
    request: (_, newName: string) => newName,
    run: async (context, newName: string) => {
      await context.wait(forkSelf(context, newName));
      return "original";
    },
  }),
  "update-worker": writeRemote("golem::api::update-worker", {
    types: {
      request: record({ worker_id: WORKER_ID, component_version: u64, update_mode: string }),
      response: null,
    },
    waits: true,
    request: (_, id: WitWorkerId, targetVersion: bigint, mode: WitUpdateMode) => ({
      worker_id: recordedWorkerId(id),
      component_version: targetVersion,
      update_mode: UPDATE_MODES[mode],
    }),
    // Not interrupted by the update of this very worker: that it was asked for has to be recorded first.
    run: (context, id: WitWorkerId, targetVersion: bigint, mode: WitUpdateMode) =>
      context.workers.update(
        fromWitWorkerId(id),
        UPDATE_MODES[mode],
        Number(targetVersion),
        context.durability.callId,
      ),
  }),
  "revert-worker": writeRemote("golem::api::revert_worker", {
    types: { request: record({ worker_id: WORKER_ID, target: REVERT_TARGET }), response: null },
    waits: true,
    request: (_, id: WitWorkerId, target: WitRevertTarget) => ({
      worker_id: recordedWorkerId(id),
      target: recordedRevertTarget(target),
    }),
    run: (context, id: WitWorkerId, target: WitRevertTarget) => {
      const { workers, durability } = context;
      return context.wait(
        workers.revert(fromWitWorkerId(id), fromWitRevertTarget(target), durability.callId),
      );
    },
  }),
};
