import { isTaggedOption, type WitInterface, type WitType } from "@golem-kit/wit";

import { direct } from "../host-interface.ts";
import type { NoPorts } from "../ports.ts";
import type { RpcPorts } from "./rpc-ports.ts";
import type { FutureResult, FutureState } from "./future-result.ts";
import type { RemoteOperations } from "./remote-calls.ts";
import type { RpcCall, RpcOutcome } from "./rpc-caller.ts";

/** The host's end of a `future-…-result`: the call and how to read its result. */
export interface RemoteFuture {
  readonly future: FutureResult;
  readonly operations: RemoteOperations;
  readonly some: (value: unknown) => unknown;
  readonly none: unknown;
}

/** `subscribe` of every `future-…-result`. */
export const SUBSCRIBE = direct<NoPorts>((_, { future }: RemoteFuture) => future.pollable());

/** The end of every `future-…-result`. */
export const DROP = direct<RpcPorts>((context, { future }: RemoteFuture) => future.end(context));

/** `get` of every `future-…-result`. */
export const GET = direct<RpcPorts>((context, { future, operations, some, none }: RemoteFuture) => {
  const state = context.call(operations.get, future) as FutureState;
  return state.tag === "Pending" ? none : some(valueOf(future.call, state.val));
});

/** The value of a call that succeeded; a call that failed traps the caller. */
export function valueOf(call: RpcCall, outcome: RpcOutcome): unknown {
  if (outcome.tag === "ok") return outcome.val;
  const { tag, val } = outcome.val;
  throw new Error(`RPC invocation of ${call.functionName} failed with: ${tag}: ${val}`);
}

/** `T` of a future's `get: func() -> option<T>`. */
export function futureResult(client: WitInterface, future: WitType): WitType {
  if (future.kind === "own") {
    const get = client.functions.get(`[method]${future.resource.name}.get`);
    if (get?.result?.kind === "option") return get.result.some;
  }
  throw new Error(`${client.id}: an asynchronous call must return a future with a get function`);
}

/** How `option<some>` is written in JavaScript. */
export function optionOf(some: WitType): Pick<RemoteFuture, "some" | "none"> {
  if (!isTaggedOption({ kind: "option", some })) return { some: (value) => value, none: undefined };
  return { some: (val) => ({ tag: "some", val }), none: { tag: "none" } };
}
