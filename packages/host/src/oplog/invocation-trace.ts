import { createHash } from "node:crypto";

import type { WorkerId } from "../api.ts";
import { workerIdText } from "../golem-error.ts";

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
): InvocationTrace {
  return {
    traceId: traceIdOf(idempotencyKey),
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
export function traceIdOf(idempotencyKey: string): string {
  return digits(idempotencyKey).slice(0, 32);
}

function digits(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
