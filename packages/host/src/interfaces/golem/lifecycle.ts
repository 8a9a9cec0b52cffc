import type { WitType } from "@golem-kit/wit";

import type { RevertTarget } from "../../ground/api/workers.ts";
import { writeRemote, type HostFunctions } from "../host-interface.ts";
import { record, string, u64, variant } from "../../ground/wit/wit-types.ts";
import { fromWitWorkerId, WORKER_ID, type WitWorkerId } from "./wit-ids.ts";
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

const REVERT_TARGET = variant({ "revert-to-oplog-index": u64, "revert-last-invocations": u64 });

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
      request: record({ "source-worker-id": WORKER_ID, "target-worker-id": WORKER_ID, "cut-off": "u64" }),
      response: null,
    },
    waits: true,
    request: (_, sourceWorkerId: WitWorkerId, targetWorkerId: WitWorkerId, cutOff: bigint) => ({
      sourceWorkerId,
      targetWorkerId,
      cutOff,
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
  "update-worker": writeRemote("golem::api::update_worker", {
    types: {
      request: record({ "worker-id": WORKER_ID, "target-version": "u64", mode: string }),
      response: null,
    },
    waits: true,
    request: (_, workerId: WitWorkerId, targetVersion: bigint, mode: string) => ({
      workerId,
      targetVersion,
      mode,
    }),
    // Not interrupted by the update of this very worker: that it was asked for has to be recorded first.
    run: (context, id: WitWorkerId, targetVersion: bigint, mode: "automatic" | "snapshot-based") =>
      context.workers.update(
        fromWitWorkerId(id),
        mode === "automatic" ? "Automatic" : "Manual",
        Number(targetVersion),
        context.durability.callId,
      ),
  }),
  "revert-worker": writeRemote("golem::api::revert_worker", {
    types: { request: record({ "worker-id": WORKER_ID, target: REVERT_TARGET }), response: null },
    waits: true,
    request: (_, workerId: WitWorkerId, target: WitRevertTarget) => ({ workerId, target }),
    run: (context, id: WitWorkerId, target: WitRevertTarget) => {
      const { workers, durability } = context;
      return context.wait(
        workers.revert(fromWitWorkerId(id), fromWitRevertTarget(target), durability.callId),
      );
    },
  }),
};
