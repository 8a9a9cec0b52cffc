import { type PromiseId, workerIdText } from "../../ground/api/worker-id.ts";
import { GolemError } from "../../ground/golem-error.ts";
import { direct, readRemote, writeLocal, type HostFunctions } from "../host-interface.ts";
import { bool, bytes, option } from "../../ground/wit/wit-types.ts";
import { PROMISE_ID, recordedWorkerId } from "./recorded-ids.ts";
import { fromWitWorkerId, toWitWorkerId, type WitWorkerId } from "./wit-ids.ts";
import type { AskingPort, IdentityPort, LifecyclePort, DurabilityPort, WorkersPort } from "../ports.ts";

type Ports = IdentityPort & AskingPort & LifecyclePort & DurabilityPort & WorkersPort;

interface WitPromiseId {
  readonly workerId: WitWorkerId;
  readonly oplogIdx: bigint;
}

function fromWitPromiseId({ workerId, oplogIdx }: WitPromiseId): PromiseId {
  return { workerId: fromWitWorkerId(workerId), oplogIdx: Number(oplogIdx) };
}

function promiseText({ workerId, oplogIdx }: WitPromiseId): string {
  return `${workerIdText(fromWitWorkerId(workerId))} ${oplogIdx}`;
}

const recorded = (_: unknown, { workerId, oplogIdx }: WitPromiseId): unknown => ({
  worker_id: recordedWorkerId(workerId),
  oplog_idx: oplogIdx,
});

/** @throws GolemError `PromiseNotFound` for one that never was, and for a deleted one unless that is asked for */
function promiseData(
  context: Ports,
  id: WitPromiseId,
  deleted: "refused" | "accepted" = "refused",
): Uint8Array | undefined {
  const promiseId = fromWitPromiseId(id);
  const promise = context.workers.promise(promiseId);
  if (promise.state === "pending") return undefined;
  if (promise.state === "unknown" || (promise.state === "deleted" && deleted === "refused"))
    throw new GolemError({ type: "PromiseNotFound", promiseId });
  if (promise.state === "deleted") context.workers.assertAwaitedAgain(promiseId);
  return promise.data;
}

/** Not recorded: a replay awaits again, and what it awaits may have been deleted since. */
function awaitPromise(context: Ports, id: WitPromiseId): Uint8Array {
  const data = promiseData(context, id, "accepted");
  if (data !== undefined) return data;
  // From here on its completion wakes the worker; it may have come just before.
  context.workers.awaitPromise(fromWitPromiseId(id));
  const late = promiseData(context, id);
  if (late !== undefined) return late;
  return context.suspend();
}

/** The functions of `golem:api/host` about promises. */
export const promiseFunctions: HostFunctions<Ports> = {
  "create-promise": direct((context) => {
    const isNew = context.durability.live;
    const oplogIdx = context.durability.mark();
    context.workers.createPromise({ workerId: context.workerId, oplogIdx }, isNew);
    return { workerId: toWitWorkerId(context.workerId), oplogIdx: BigInt(oplogIdx) };
  }),
  "await-promise": direct(awaitPromise),
  "poll-promise": readRemote("golem::api::poll_promise", {
    types: { request: PROMISE_ID, response: option(bytes) },
    request: recorded,
    run: (context, id: WitPromiseId) => {
      const data = promiseData(context, id);
      const asked = promiseText(id);
      if (data === undefined) context.notYet(asked);
      else context.there(asked);
      return data;
    },
    toGuest: (context, data: Uint8Array | undefined, id: WitPromiseId) => {
      context.workers.noteLook(fromWitPromiseId(id), data !== undefined);
      return data;
    },
  }),
  "complete-promise": writeLocal("golem:api::complete_promise", {
    types: { request: PROMISE_ID, response: bool },
    request: recorded,
    run: (context, id: WitPromiseId, data: Uint8Array) => {
      promiseData(context, id);
      // If the worker is lost before this call is recorded, it makes the same call again, and gets the same answer.
      context.durability.commit();
      context.durability.flush();
      return context.workers.completePromise(fromWitPromiseId(id), data, context.durability.callId);
    },
  }),
  "delete-promise": writeLocal("golem:api::delete_promise", {
    types: { request: PROMISE_ID, response: null },
    request: recorded,
    run: (context, id: WitPromiseId) => {
      // What was done with the promise must not be forgotten once it is gone.
      context.durability.commit();
      context.durability.flush();
      context.workers.deletePromise(fromWitPromiseId(id));
    },
  }),
};
