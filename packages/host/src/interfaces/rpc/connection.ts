import type { WorkerId } from "../../ground/api/worker-id.ts";
import { workerIdText } from "../../ground/api/worker-id.ts";
import { direct, readLocal, type DurableFunction } from "../host-interface.ts";
import { environment } from "../wasi/cli.ts";
import { string } from "../../ground/wit/wit-types.ts";
import type { Span } from "../tracing.ts";
import { type RecordedWorkerId, recordedWorkerId, WORKER_ID } from "../golem/recorded-ids.ts";
import { toWitComponentId } from "../golem/wit-ids.ts";
import type { RpcCall, RpcOutcome, RpcParams } from "./rpc-caller.ts";
import type { IdentityPort } from "../ports.ts";
import type { RpcPorts } from "./rpc-ports.ts";

/** Of a worker to another one: a span, whose parts are the calls. */
export interface Connection {
  readonly workerId: WorkerId;
  readonly span: Span;
}

/** A call that is made: a span until its outcome is known. */
export interface OpenCall {
  readonly call: RpcCall;
  /** What ends with it, innermost first. */
  readonly spans: readonly Span[];
}

const IDEMPOTENCY_KEY = readLocal<RpcPorts>("golem::rpc::wasm-rpc::invoke-and-await idempotency key", {
  types: { request: null, response: string },
  run: (context) => context.durability.deriveIdempotencyKey(),
});

const UNIQUE_WORKER = readLocal("golem::rpc::wasm-rpc::generate_unique_local_worker_id", {
  types: { request: null, response: WORKER_ID },
  run: (_, componentId: string): RecordedWorkerId =>
    recordedWorkerId({ componentId: toWitComponentId(componentId), workerName: crypto.randomUUID() }),
});

/** What is recorded of every call besides its outcome, with the types of its values. */
export const RECORDED_OF_CALLS: readonly DurableFunction<RpcPorts>[] = [IDEMPOTENCY_KEY, UNIQUE_WORKER];

const INHERITED = ["get-arguments", "get-environment"].map(
  (name) => environment.functions[name] as DurableFunction<IdentityPort>,
);

/** A worker of its own for one connection to an ephemeral component; the name is journalled. */
export function uniqueWorker(context: RpcPorts, componentId: string): WorkerId {
  const { worker_name } = context.call(UNIQUE_WORKER, componentId) as RecordedWorkerId;
  return { componentId, workerName: worker_name };
}

/** @param parent what the connection is part of. @default the current span */
export function connectTo({ tracing }: RpcPorts, workerId: WorkerId, parent?: Span): Connection {
  const span = tracing.start("rpc-connection", { target_worker_id: workerIdText(workerId) }, parent);
  return { workerId, span };
}

/** The end of a connection. */
export const DISCONNECT = direct<RpcPorts>(({ tracing }, { span }: Connection) => tracing.finish(span));

/** A call with a key of its own. What the callee inherits from the caller is journalled first, as Golem does. */
export function beginCall(
  context: RpcPorts,
  { workerId, span: connection }: Connection,
  functionName: string,
  params: RpcParams,
): OpenCall {
  for (const inherited of INHERITED) context.call(inherited);
  const idempotencyKey = String(context.call(IDEMPOTENCY_KEY));
  const { tracing } = context;
  const attributes = { function_name: functionName, idempotency_key: idempotencyKey };
  const span = tracing.start("rpc-invocation", attributes, connection);
  const trace = tracing.around(span);
  return { call: { target: workerId, functionName, params, idempotencyKey, trace }, spans: [span] };
}

/** A call for later: as on Golem nothing is recorded of it but that it was scheduled. */
export function callForLater(
  { tracing, durability }: RpcPorts,
  { workerId }: Connection,
  functionName: string,
  params: RpcParams,
): RpcCall {
  const idempotencyKey = durability.deriveCallKey();
  return { target: workerId, functionName, params, idempotencyKey, trace: tracing.around(tracing.current) };
}

export function endCall({ tracing }: RpcPorts, { spans }: Pick<OpenCall, "spans">): void {
  for (const span of spans) tracing.finish(span);
}

/** Has the call made by one of its operations. */
export async function outcomeOf(
  context: RpcPorts,
  operation: DurableFunction<RpcPorts>,
  open: OpenCall,
): Promise<RpcOutcome> {
  const outcome = (await context.call(operation, open.call)) as RpcOutcome;
  endCall(context, open);
  return outcome;
}
