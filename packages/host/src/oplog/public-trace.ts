import type { WorkerId } from "../api.ts";
import type { EntryOf, QueuedInvocation, TraceParent } from "./entry.ts";
import { invocationTrace, traceIdOf } from "./invocation-trace.ts";

/** An invocation that has not begun has no span yet. */
export function publicQueuedTrace({
  idempotencyKey,
  trace,
}: QueuedInvocation): Readonly<Record<string, unknown>> {
  const caller = trace === undefined ? [] : [[externalSpan(trace)]];
  return { traceId: traceIdOf(idempotencyKey, trace), traceStates: [], invocationContext: caller };
}

/** An invocation is a span; its ancestor is that of the worker that called it, if one did. */
export function publicTrace(
  { functionName, idempotencyKey, timestamp, trace }: EntryOf<"ExportedFunctionInvoked">,
  worker: WorkerId,
): Readonly<Record<string, unknown>> {
  const { traceId, spanId, attributes } = invocationTrace(functionName, idempotencyKey, worker, trace);
  const span = {
    type: "LocalSpan",
    spanId,
    start: new Date(timestamp).toISOString(),
    parentId: trace?.spanId ?? null,
    linkedContext: null,
    attributes: publicAttributes(attributes),
    inherited: false,
  };
  const spans = trace === undefined ? [span] : [span, externalSpan(trace)];
  return { traceId, traceStates: [], invocationContext: [spans] };
}

function externalSpan({ spanId }: TraceParent): unknown {
  return { type: "ExternalSpan", spanId };
}

export function publicAttributes(attributes: Readonly<Record<string, string>>): unknown {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, publicAttribute(value)]));
}

export function publicAttribute(value: string): unknown {
  return { type: "String", value };
}
