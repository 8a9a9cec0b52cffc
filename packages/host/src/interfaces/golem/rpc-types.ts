import type { WorkerId } from "../../api.ts";
import { FutureResult, type FutureState } from "../../rpc/future-result.ts";
import {
  CANCEL,
  newCall,
  RECORDED_OF_CALLS,
  remoteOperations,
  uniqueWorker,
} from "../../rpc/remote-calls.ts";
import type { RpcCall } from "../../rpc/rpc-caller.ts";
import type { WitValue } from "../../rpc/wit-value.ts";
import { uuidHalves, uuidText, type UuidHalves } from "../../uuid.ts";
import type { HostContext } from "../host-context.ts";
import { direct, waiting, type HostInterface } from "../host-interface.ts";
import {
  fromWitComponentId,
  fromWitWorkerId,
  fromWorkerUri,
  type WitComponentId,
  type WitWorkerId,
} from "./wit-ids.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A `wasm-rpc`: a connection to a worker, for calls by name. */
interface Connection {
  readonly workerId: WorkerId;
}

/** How golem:rpc@0.1 names a worker. */
interface WitUri {
  readonly value: string;
}

/** Calls by name carry values without their types: only their course is recorded, not what they look like. */
const OPERATIONS = remoteOperations({ name: "", params: [], result: null });

function begin(
  context: HostContext,
  { workerId }: Connection,
  name: string,
  values: readonly WitValue[],
): RpcCall {
  return newCall(context, workerId, name, { form: "wit", values });
}

/** golem:rpc/types@0.2.0, and 0.1, which is the same but for the constructor and for what it does not have. */
export const rpcTypes: HostInterface = {
  name: "golem:rpc/types",
  inner: RECORDED_OF_CALLS,
  functions: {
    "parse-uuid": direct((_, text: string) =>
      UUID.test(text) ? { tag: "ok", val: uuidHalves(text) } : { tag: "err", val: `Not a UUID: ${text}` },
    ),
    "uuid-to-string": direct((_, uuid: UuidHalves) => uuidText(uuid)),
    "extract-value": direct((_, { value }: { readonly value: unknown }) => value),
    "extract-type": direct((_, { typ }: { readonly typ: unknown }) => typ),
    "[constructor]wasm-rpc": direct((_, target: WitWorkerId | WitUri): Connection => ({
      workerId: "value" in target ? fromWorkerUri(target.value) : fromWitWorkerId(target),
    })),
    "[static]wasm-rpc.ephemeral": direct((context, id: WitComponentId): Connection => ({
      workerId: uniqueWorker(context, fromWitComponentId(id)),
    })),
    "[method]wasm-rpc.invoke-and-await": waiting(
      async (context, connection: Connection, name: string, params: readonly WitValue[]) =>
        context.call(OPERATIONS.invokeAndAwait, begin(context, connection, name, params)),
    ),
    "[method]wasm-rpc.invoke": waiting(
      async (context, connection: Connection, name: string, params: readonly WitValue[]) =>
        context.call(OPERATIONS.invoke, begin(context, connection, name, params)),
    ),
    "[method]wasm-rpc.async-invoke-and-await": direct(
      (context, connection: Connection, name: string, params: readonly WitValue[]) => {
        const future = new FutureResult(begin(context, connection, name, params));
        future.sendWhenLive(context);
        return future;
      },
    ),
    "[method]wasm-rpc.schedule-invocation": direct(
      (context, connection: Connection, at: unknown, name: string, params: readonly WitValue[]) => {
        context.call(OPERATIONS.schedule, begin(context, connection, name, params), at);
      },
    ),
    "[method]wasm-rpc.schedule-cancelable-invocation": direct(
      (context, connection: Connection, at: unknown, name: string, params: readonly WitValue[]) =>
        context.call(OPERATIONS.schedule, begin(context, connection, name, params), at),
    ),
    "[method]future-invoke-result.subscribe": direct((_, future: FutureResult) => future.pollable()),
    "[method]future-invoke-result.get": direct((context, future: FutureResult) => {
      const state = context.call(OPERATIONS.get, future) as FutureState;
      return state.tag === "Pending" ? undefined : state.val;
    }),
    "[method]cancellation-token.cancel": CANCEL,
  },
};
