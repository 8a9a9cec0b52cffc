import type { WorkerId } from "../ground/api/worker-id.ts";
import type { TraceSpan } from "../ground/api/trace.ts";
import type { EntryOf, QueuedInvocation } from "./entry.ts";
import { invocationTrace, traceIdOf } from "./invocation-trace.ts";

/** An invocation that has not begun has no span yet. */
export function publicQueuedTrace({
  idempotencyKey,
  trace,
}: QueuedInvocation): Readonly<Record<string, unknown>> {
  const around = trace === undefined ? [] : [trace.spans.map(publicSpan)];
  return { traceId: traceIdOf(idempotencyKey, trace), traceStates: [], invocationContext: around };
}

/** An invocation is a span; its ancestors are the request or the call that it was asked for with, and theirs. */
export function publicTrace(
  { functionName, idempotencyKey, timestamp, trace }: EntryOf<"ExportedFunctionInvoked">,
  worker: WorkerId,
): Readonly<Record<string, unknown>> {
  const { traceId, spanId, attributes } = invocationTrace(functionName, idempotencyKey, worker, trace);
  const around = trace?.spans ?? [];
  const parentId = around[0]?.spanId ?? null;
  const own = { spanId, parentId, start: timestamp, attributes, inherited: false };
  return { traceId, traceStates: [], invocationContext: [[own, ...around].map(publicSpan)] };
}

function publicSpan({ start, attributes, ...span }: TraceSpan): unknown {
  return {
    type: "LocalSpan",
    ...span,
    start: new Date(start).toISOString(),
    linkedContext: null,
    attributes: publicAttributes(attributes),
  };
}

export function publicAttributes(attributes: Readonly<Record<string, string>>): unknown {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, publicAttribute(value)]));
}

export function publicAttribute(value: string): unknown {
  return { type: "String", value };
}
