import { compileCheck, type WitType } from "@golem-kit/wit";

import type { ExportedFunction } from "../component/find-export.ts";
import { GolemError } from "../ground/golem-error.ts";
import type { Journal } from "../journal/journal.ts";
import type { QueuedInvocation } from "../oplog/entry.ts";
import type { Worker } from "../worker/worker.ts";

/** So many entries before a result are looked at first, and then ever more. */
const FIRST_WINDOW = 256;

/**
 * Invokes a worker. A key that was seen before is answered with the result of the first invocation, as on Golem, also if that
 * was of another function. A result that the asked function cannot have is none.
 *
 * @throws GolemError; `InvalidRequest` that names the key and both functions
 */
export async function answerOf(
  worker: Worker,
  invocation: QueuedInvocation,
  { function: asked }: ExportedFunction,
): Promise<unknown> {
  const isRepeated = worker.knows(invocation.idempotencyKey);
  const value = await worker.invokeAndAwait(invocation);
  if (isRepeated && !fits(asked.result, value)) refuse(worker.journal, invocation);
  return value;
}

/** What the function itself returned before it was updated is shown as it is. */
function refuse(journal: Journal, { idempotencyKey, functionName }: QueuedInvocation): void {
  const first = firstFunction(journal, idempotencyKey);
  if (first === functionName) return;
  throw new GolemError({
    type: "InvalidRequest",
    details:
      `The idempotency key ${JSON.stringify(idempotencyKey)} was used for ${first ?? "another function"} before, ` +
      `whose result cannot be one of ${functionName}; a key runs once, so that ${functionName} was not called. ` +
      "What to do: give each call a key of its own, and the same key only to the same call that is sent again",
  });
}

function fits(type: WitType | null, value: unknown): boolean {
  if (type === null) return value === undefined;
  try {
    compileCheck(type)(value);
    return true;
  } catch {
    return false;
  }
}

/** What was invoked under a key that is answered. Costs a look at its entries. */
function firstFunction({ state, oplog }: Journal, key: string): string | undefined {
  const end = state.completed.get(key);
  if (end === undefined) return undefined;
  for (let size = FIRST_WINDOW; ; size *= 4) {
    const from = Math.max(1, end - size);
    let found: string | undefined;
    for (const [index, entry] of oplog.entries(from)) {
      if (index >= end) break;
      if (entry.type === "ExportedFunctionInvoked" && entry.idempotencyKey === key)
        found = entry.functionName;
    }
    if (found !== undefined || from === 1) return found;
  }
}
