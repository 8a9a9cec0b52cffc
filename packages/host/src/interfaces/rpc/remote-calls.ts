import type { WitField, WitType } from "@golem-kit/wit";

import type { WorkerId } from "../../ground/api/worker-id.ts";
import { workerIdText } from "../../ground/api/worker-id.ts";
import { writeRemote, type DurableFunction, type HostFunction } from "../host-interface.ts";
import { bytes, result } from "../../ground/wit/wit-types.ts";
import { WIT_VALUE } from "../../ground/wit/wit-value-type.ts";
import type { FutureResult, FutureState } from "./future-result.ts";
import type { RpcCall, RpcOutcome } from "./rpc-caller.ts";
import {
  DATETIME,
  outcomeOfRecord,
  type RecordedOutcome,
  recordedOutcome,
  requestOf,
  requestType,
  RPC_ERROR,
} from "./recorded-call.ts";
import type { Datetime } from "../wasi/clocks.ts";
import { noteAnswer } from "../wasi/note-answer.ts";
import type { RpcPorts } from "./rpc-ports.ts";

/** A function of another component, as it is called by RPC. */
export interface RemoteFunction {
  /** By Golem's grammar: `shop:orders-exports/api.{place}`. */
  readonly name: string;
  readonly params: readonly WitField[];
  readonly result: WitType | null;
}

/** The journalled operations on one remote function. */
export interface RemoteOperations {
  /** Call → outcome. */
  readonly invokeAndAwait: DurableFunction<RpcPorts>;
  /** Call → acceptance. */
  readonly invoke: DurableFunction<RpcPorts>;
  /** Call → `ok`: nobody waits until it is accepted. */
  readonly send: DurableFunction<RpcPorts>;
  /** Call and datetime → `ScheduledCall`. */
  readonly schedule: DurableFunction<RpcPorts>;
  /** Future → outcome, `undefined` while it is pending. */
  readonly get: DurableFunction<RpcPorts>;
}

type RecordedState =
  | { readonly tag: "Pending" }
  | { readonly tag: "Completed"; readonly val: RecordedOutcome };

export function remoteOperations(fn: RemoteFunction): RemoteOperations {
  const response = result(fn.result, RPC_ERROR);
  const request = requestType(fn.params);
  const results = resultsOf(fn);
  const ofCall = (_: RpcPorts, call: RpcCall): unknown => requestOf(call);
  const toOutcome = (_: RpcPorts, recorded: RecordedOutcome): RpcOutcome => outcomeOfRecord(recorded);
  return {
    invokeAndAwait: writeRemote("golem::rpc::wasm-rpc::invoke-and-await result", {
      types: { request, response },
      recordTypes: true,
      waits: true,
      commits: "before",
      request: ofCall,
      run: async (context, call: RpcCall) => {
        assertNotSelf(context.workerId, call);
        return recordedOutcome(await context.wait(context.rpc.invokeAndAwait(call), "inside"));
      },
      toGuest: toOutcome,
    }),
    invoke: writeRemote("golem::rpc::wasm-rpc::invoke", {
      types: { request, response: result(null, RPC_ERROR) },
      recordTypes: true,
      waits: true,
      commits: "before",
      request: ofCall,
      run: async (context, call: RpcCall) =>
        recordedOutcome(await context.wait(context.rpc.invoke(call), "inside")),
      toGuest: toOutcome,
    }),
    send: writeRemote("golem::rpc::wasm-rpc::invoke", {
      types: { request, response: result(null, RPC_ERROR) },
      recordTypes: true,
      request: ofCall,
      run: (context, call: RpcCall): RpcOutcome => {
        context.rpc.invoke(call).catch(() => undefined);
        return { tag: "ok", val: undefined };
      },
    }),
    schedule: writeRemote("golem::rpc::wasm-rpc::schedule_invocation", {
      types: { request: requestType(fn.params, { datetime: DATETIME }), response: bytes },
      recordTypes: true,
      commits: "before",
      request: (_, call: RpcCall, datetime: Datetime) => ({ ...requestOf(call), datetime }),
      run: (context, call: RpcCall, datetime: Datetime) =>
        new TextEncoder().encode(context.rpc.schedule(call, milliseconds(datetime))),
      toGuest: (_, id: Uint8Array): ScheduledCall => ({ scheduleId: new TextDecoder().decode(id) }),
    }),
    get: writeRemote("golem::rpc::future-invoke-result::get", {
      types: { request, response: pendingOr(result(results.type, RPC_ERROR)), bare: true },
      recordTypes: true,
      commits: "never",
      request: (_, future: FutureResult) => requestOf(future.call),
      run: (context, future: FutureResult): RecordedState => {
        const { outcome } = future;
        noteAnswer(context, future, outcome === undefined ? "missing" : "taken");
        return outcome === undefined
          ? { tag: "Pending" }
          : { tag: "Completed", val: recordedOutcome(mapOk(outcome, results.of)) };
      },
      toGuest: (context, state: RecordedState, future: FutureResult): FutureState => {
        if (state.tag === "Pending") return state;
        const outcome = mapOk(outcomeOfRecord(state.val), results.from);
        future.settle(outcome);
        future.end(context);
        return { tag: "Completed", val: outcome };
      },
    }),
  };
}

/** A worker runs one invocation at a time: one that waits for another one of its own would wait for ever. */
function assertNotSelf(self: WorkerId, { target, functionName }: RpcCall): void {
  if (workerIdText(self) !== workerIdText(target)) return;
  throw new Error(
    `The worker ${workerIdText(self)} waits for itself: ${functionName} could run only after the invocation that waits for it. ` +
      `What to do: call it without waiting for its result, or another worker.`,
  );
}

interface Results {
  readonly type: WitType;
  readonly of: (result: unknown) => unknown;
  readonly from: (results: unknown) => unknown;
}

/** What futures give is recorded as the tuple of a function's results; that of a call by name is such a tuple itself. */
function resultsOf({ result: type }: RemoteFunction): Results {
  if (type === WIT_VALUE) return { type, of: (value) => value, from: (value) => value };
  if (type === null) return { type: tuple([]), of: (value) => value, from: (value) => value };
  return {
    type: tuple([type]),
    of: (value) => [value],
    from: (values) => (values as readonly unknown[])[0],
  };
}

function tuple(items: readonly WitType[]): WitType {
  return { kind: "tuple", items };
}

function mapOk(outcome: RpcOutcome, map: (value: unknown) => unknown): RpcOutcome {
  return outcome.tag === "ok" ? { tag: "ok", val: map(outcome.val) } : outcome;
}

function pendingOr(completed: WitType): WitType {
  return {
    kind: "variant",
    name: null,
    cases: [
      { name: "Failed", type: null },
      { name: "Pending", type: null },
      { name: "Completed", type: completed },
    ],
  };
}

function milliseconds({ seconds, nanoseconds }: Datetime): number {
  return Number(seconds) * 1_000 + nanoseconds / 1_000_000;
}

/** The host's end of a `cancellation-token`. */
export interface ScheduledCall {
  readonly scheduleId: string;
}

/** `golem:rpc/types`: cancels a scheduled call. */
export const CANCEL: HostFunction<RpcPorts> = writeRemote("golem::rpc::cancellation-token::cancel", {
  types: { request: bytes, response: null },
  request: (_, { scheduleId }: ScheduledCall) => new TextEncoder().encode(scheduleId),
  run: (context, { scheduleId }: ScheduledCall) => {
    context.rpc.cancelScheduled(scheduleId);
  },
});
