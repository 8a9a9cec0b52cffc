import type { WitField, WitType } from "@golem-kit/wit";

import { environment } from "../interfaces/wasi/cli.ts";
import type { Pollable } from "../interfaces/wasi/pollable.ts";
import type { HostContext } from "../interfaces/host-context.ts";
import {
  readLocal,
  writeRemote,
  type DurableFunction,
  type HostFunction,
} from "../interfaces/host-interface.ts";
import { bytes, result, string } from "../interfaces/wit-types.ts";
import type { WorkerId } from "../api.ts";
import { workerIdText } from "../golem-error.ts";
import type { RpcCall, RpcOutcome, RpcParams } from "./rpc-caller.ts";
import {
  DATETIME,
  type RecordedWorkerId,
  recordedWorkerId,
  requestOf,
  requestType,
  RPC_ERROR,
  WORKER_ID,
} from "./recorded-call.ts";
import type { Datetime } from "../interfaces/wasi/clocks.ts";

/** A function of another component, as it is called by RPC. */
export interface RemoteFunction {
  /** By Golem's grammar: `shop:orders-exports/api.{place}`. */
  readonly name: string;
  readonly params: readonly WitField[];
  readonly result: WitType | null;
}

/** A call that is on its way: sent once, also when it is created again by replay. */
export class FutureResult {
  readonly call: RpcCall;
  #outcome: RpcOutcome | undefined;
  #arrival: Promise<void> | undefined;

  constructor(call: RpcCall) {
    this.call = call;
  }

  /** Sends the call at once, or on replay when the worker has caught up: it may have been lost on the way. */
  sendWhenLive(context: HostContext): void {
    context.whenLive(() => {
      if (this.#outcome !== undefined) return;
      context.durability.commit();
      this.#arrival = context.rpc.invokeAndAwait(this.call).then((outcome) => {
        this.#outcome = outcome;
      });
      // Whoever waits sees the failure; a future that nobody waits for must not bring down the thread.
      this.#arrival.catch(() => undefined);
    });
  }

  get outcome(): RpcOutcome | undefined {
    return this.#outcome;
  }

  /** The outcome is known from the oplog. */
  settle(outcome: RpcOutcome): void {
    this.#outcome = outcome;
  }

  pollable(): Pollable {
    return {
      ready: () => this.#outcome !== undefined,
      change: () => this.#arrival ?? Promise.resolve(),
      awaitsWorker: true,
    };
  }
}

const IDEMPOTENCY_KEY = readLocal("golem::rpc::wasm-rpc::invoke-and-await idempotency key", {
  types: { request: null, response: string },
  run: (context) => context.durability.deriveIdempotencyKey(),
});

const UNIQUE_WORKER = readLocal("golem::rpc::wasm-rpc::generate_unique_local_worker_id", {
  types: { request: null, response: WORKER_ID },
  run: (_, componentId: string): RecordedWorkerId =>
    recordedWorkerId({ componentId, workerName: crypto.randomUUID() }),
});

/** What is recorded of every call besides its outcome, with the types of its values. */
export const RECORDED_OF_CALLS: readonly DurableFunction[] = [IDEMPOTENCY_KEY, UNIQUE_WORKER];

/** A worker of its own for one connection to an ephemeral component; the name is journalled. */
export function uniqueWorker(context: HostContext, componentId: string): WorkerId {
  const { worker_name } = context.call(UNIQUE_WORKER, componentId) as RecordedWorkerId;
  return { componentId, workerName: worker_name };
}

const INHERITED = ["get-arguments", "get-environment"].map(
  (name) => environment.functions[name] as DurableFunction,
);

/** A call with a key of its own. What the callee inherits from the caller is journalled first, as Golem does. */
export function newCall(
  context: HostContext,
  target: WorkerId,
  functionName: string,
  params: RpcParams,
): RpcCall {
  for (const inherited of INHERITED) context.call(inherited);
  const { traceId, current } = context.tracing;
  const trace = { traceId, spanId: current.id };
  return { target, functionName, params, idempotencyKey: String(context.call(IDEMPOTENCY_KEY)), trace };
}

/** The journalled operations on one remote function. */
export interface RemoteOperations {
  /** Call → outcome. */
  readonly invokeAndAwait: DurableFunction;
  /** Call → acceptance. */
  readonly invoke: DurableFunction;
  /** Call → `ok`: nobody waits until it is accepted. */
  readonly send: DurableFunction;
  /** Call and datetime → `ScheduledCall`. */
  readonly schedule: DurableFunction;
  /** Future → outcome, `undefined` while it is pending. */
  readonly get: DurableFunction;
}

type FutureState = { readonly tag: "Pending" } | { readonly tag: "Completed"; readonly val: RpcOutcome };

export function remoteOperations(fn: RemoteFunction): RemoteOperations {
  const response = result(fn.result, RPC_ERROR);
  const request = requestType(fn.params);
  const ofCall = (_: HostContext, call: RpcCall): unknown => requestOf(call);
  return {
    invokeAndAwait: writeRemote("golem::rpc::wasm-rpc::invoke-and-await result", {
      types: { request, response },
      recordTypes: true,
      waits: true,
      commits: "before",
      request: ofCall,
      run: (context, call: RpcCall) => {
        assertNotSelf(context.workerId, call);
        return context.wait(context.rpc.invokeAndAwait(call), "inside");
      },
    }),
    invoke: writeRemote("golem::rpc::wasm-rpc::invoke", {
      types: { request, response: result(null, RPC_ERROR) },
      recordTypes: true,
      waits: true,
      commits: "before",
      request: ofCall,
      run: (context, call: RpcCall) => context.wait(context.rpc.invoke(call), "inside"),
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
      run: (context, call: RpcCall, datetime: Datetime) => {
        context.rpc.schedule(call, milliseconds(datetime));
        return new TextEncoder().encode(call.idempotencyKey);
      },
      toGuest: (_, id: Uint8Array): ScheduledCall => ({ scheduleId: new TextDecoder().decode(id) }),
    }),
    get: writeRemote("golem::rpc::future-invoke-result::get", {
      types: { request, response: pendingOr(response), bare: true },
      recordTypes: true,
      commits: "never",
      request: (_, future: FutureResult) => requestOf(future.call),
      run: (_, future: FutureResult) =>
        future.outcome === undefined ? { tag: "Pending" } : { tag: "Completed", val: future.outcome },
      toGuest: (_, state: FutureState, future: FutureResult): FutureState => {
        if (state.tag === "Completed") future.settle(state.val);
        return state;
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
export const CANCEL: HostFunction = writeRemote("golem::rpc::cancellation-token::cancel", {
  types: { request: bytes, response: null },
  request: (_, { scheduleId }: ScheduledCall) => new TextEncoder().encode(scheduleId),
  run: (context, { scheduleId }: ScheduledCall) => {
    context.rpc.cancelScheduled(scheduleId);
  },
});
