import type { OplogEntry, QueuedInvocation } from "../oplog/entry.ts";

/** The invocations that entries are about, in their order: who waits for one asks for it again if they are lost. */
export function lostInvocations(entries: readonly OplogEntry[]): readonly QueuedInvocation[] {
  return entries.flatMap((entry) => {
    if (entry.type === "PendingWorkerInvocation")
      return "functionName" in entry.invocation ? [entry.invocation] : [];
    if (entry.type !== "ExportedFunctionInvoked") return [];
    const { functionName, request: params, idempotencyKey, trace } = entry;
    return [{ functionName, params, idempotencyKey, ...(trace === undefined ? {} : { trace }) }];
  });
}
