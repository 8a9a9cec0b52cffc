import type { WorkerId } from "../ground/api/worker-id.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import type { TraceParent } from "../ground/api/trace.ts";
import { createHash, randomBytes } from "node:crypto";

/** The trace of an invocation: the same whenever it is asked for, so that nothing of it has to be recorded. */
export interface InvocationTrace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits: the span that is the invocation as a whole. */
  readonly spanId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export function invocationTrace(
  functionName: string,
  idempotencyKey: string,
  worker: WorkerId,
  parent?: TraceParent,
): InvocationTrace {
  return {
    traceId: traceIdOf(idempotencyKey, parent),
    spanId: digits(`${workerIdText(worker)}/${idempotencyKey}`).slice(0, 16),
    attributes: {
      name: "invoke-exported-function",
      function_name: functionName,
      idempotency_key: idempotencyKey,
      worker_id: workerIdText(worker),
    },
  };
}

/** An invocation keeps its trace from when it is queued. */
export function traceIdOf(idempotencyKey: string, parent?: TraceParent): string {
  return parent?.traceId ?? digits(idempotencyKey).slice(0, 32);
}

/** An id for a span that is recorded. */
export function randomSpanId(): string {
  return randomBytes(8).toString("hex");
}

function digits(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
