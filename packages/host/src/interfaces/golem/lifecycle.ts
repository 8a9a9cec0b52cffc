import type { RevertTarget } from "../../api.ts";
import { writeRemote, type HostFunction } from "../host-interface.ts";
import { record, string, u64, variant } from "../wit-types.ts";
import { fromWitWorkerId, WORKER_ID, type WitWorkerId } from "./wit-ids.ts";

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

/** The functions of `golem:api/host` that make another past, or another program, of a worker. */
export const lifecycleFunctions: Readonly<Record<string, HostFunction>> = {
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
      ),
  }),
  "revert-worker": writeRemote("golem::api::revert_worker", {
    types: { request: record({ "worker-id": WORKER_ID, target: REVERT_TARGET }), response: null },
    waits: true,
    request: (_, workerId: WitWorkerId, target: WitRevertTarget) => ({ workerId, target }),
    run: (context, id: WitWorkerId, target: WitRevertTarget) =>
      context.wait(context.workers.revert(fromWitWorkerId(id), fromWitRevertTarget(target))),
  }),
};
