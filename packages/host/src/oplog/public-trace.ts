import type { WorkerId } from "../api.ts";
import type { EntryOf } from "./entry.ts";
import { invocationTrace, traceIdOf } from "./invocation-trace.ts";

/** An invocation that has not begun has no span yet. */
export function publicQueuedTrace(idempotencyKey: string): Readonly<Record<string, unknown>> {
  return { traceId: traceIdOf(idempotencyKey), traceStates: [], invocationContext: [] };
}

/** An invocation is a span without ancestors. */
export function publicTrace(
  { functionName, idempotencyKey, timestamp }: EntryOf<"ExportedFunctionInvoked">,
  worker: WorkerId,
): Readonly<Record<string, unknown>> {
  const { traceId, spanId, attributes } = invocationTrace(functionName, idempotencyKey, worker);
  const span = {
    type: "LocalSpan",
    spanId,
    start: new Date(timestamp).toISOString(),
    parentId: null,
    linkedContext: null,
    attributes: publicAttributes(attributes),
    inherited: false,
  };
  return { traceId, traceStates: [], invocationContext: [[span]] };
}

export function publicAttributes(attributes: Readonly<Record<string, string>>): unknown {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, publicAttribute(value)]));
}

export function publicAttribute(value: string): unknown {
  return { type: "String", value };
}
