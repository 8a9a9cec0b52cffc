import {
  beginCall,
  callForLater,
  connectTo,
  DISCONNECT,
  outcomeOf,
  RECORDED_OF_CALLS,
  uniqueWorker,
  type Connection,
  type OpenCall,
} from "../rpc/connection.ts";
import { FutureResult, type FutureState } from "../rpc/future-result.ts";
import { CANCEL, remoteOperations } from "../rpc/remote-calls.ts";
import type { WitValue } from "../../ground/wit/wit-value.ts";
import { WIT_VALUE } from "../../ground/wit/wit-value-type.ts";
import { uuidHalves, uuidText, type UuidHalves } from "../../ground/uuid.ts";
import { direct, waiting, type HostInterface } from "../host-interface.ts";
import {
  fromWitComponentId,
  fromWitWorkerId,
  fromWorkerUri,
  type WitComponentId,
  type WitWorkerId,
} from "./wit-ids.ts";
import type { RpcPorts } from "../rpc/rpc-ports.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How golem:rpc@0.1 names a worker. */
interface WitUri {
  readonly value: string;
}

/** Calls by name carry values without their types: what is recorded of an answer is the tree that the guest was given. */
const OPERATIONS = remoteOperations({ name: "", params: [], result: WIT_VALUE });

function begin(
  context: RpcPorts,
  connection: Connection,
  name: string,
  values: readonly WitValue[],
): OpenCall {
  return beginCall(context, connection, name, { form: "wit", values });
}

function schedule(
  context: RpcPorts,
  connection: Connection,
  at: unknown,
  name: string,
  values: readonly WitValue[],
): unknown {
  return context.call(
    OPERATIONS.schedule,
    callForLater(context, connection, name, { form: "wit", values }),
    at,
  );
}

/** golem:rpc/types@0.2.0, and 0.1, which is the same but for the constructor and for what it does not have. */
export const rpcTypes: HostInterface<RpcPorts> = {
  name: "golem:rpc/types",
  inner: RECORDED_OF_CALLS,
  functions: {
    "parse-uuid": direct((_, text: string) =>
      UUID.test(text) ? { tag: "ok", val: uuidHalves(text) } : { tag: "err", val: `Not a UUID: ${text}` },
    ),
    "uuid-to-string": direct((_, uuid: UuidHalves) => uuidText(uuid)),
    "extract-value": direct((_, { value }: { readonly value: unknown }) => value),
    "extract-type": direct((_, { typ }: { readonly typ: unknown }) => typ),
    "[constructor]wasm-rpc": direct((context, target: WitWorkerId | WitUri): Connection =>
      connectTo(context, "value" in target ? fromWorkerUri(target.value) : fromWitWorkerId(target)),
    ),
    "[static]wasm-rpc.ephemeral": direct((context, id: WitComponentId): Connection =>
      connectTo(context, uniqueWorker(context, fromWitComponentId(id))),
    ),
    "[resource-drop]wasm-rpc": DISCONNECT,
    "[method]wasm-rpc.invoke-and-await": waiting(
      async (context, connection: Connection, name: string, params: readonly WitValue[]) =>
        outcomeOf(context, OPERATIONS.invokeAndAwait, begin(context, connection, name, params)),
    ),
    "[method]wasm-rpc.invoke": waiting(
      async (context, connection: Connection, name: string, params: readonly WitValue[]) =>
        outcomeOf(context, OPERATIONS.invoke, begin(context, connection, name, params)),
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
        schedule(context, connection, at, name, params);
      },
    ),
    "[method]wasm-rpc.schedule-cancelable-invocation": direct(schedule),
    "[method]future-invoke-result.subscribe": direct((_, future: FutureResult) => future.pollable()),
    "[resource-drop]future-invoke-result": direct((context, future: FutureResult) => future.end(context)),
    "[method]future-invoke-result.get": direct((context, future: FutureResult) => {
      const state = context.call(OPERATIONS.get, future) as FutureState;
      return state.tag === "Pending" ? undefined : state.val;
    }),
    "[method]cancellation-token.cancel": CANCEL,
  },
};
