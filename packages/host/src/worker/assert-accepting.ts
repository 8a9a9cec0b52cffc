import { GolemError } from "../ground/golem-error.ts";
import type { WorkerState } from "../journal/worker-state.ts";

/** @throws GolemError `PreviousInvocationFailed`, `PreviousInvocationExited` if the worker runs nothing any more */
export function assertNotOver(state: WorkerState): void {
  if (state.status === "Failed") throw failed(state);
  if (state.status === "Exited") throw new GolemError({ type: "PreviousInvocationExited" });
}

/**
 * For an invocation.
 *
 * @param isNew the worker does not know it yet
 * @throws GolemError as {@link assertNotOver}; for a new one also while one that failed is to be tried again
 */
export function assertAccepting(state: WorkerState, isNew: boolean): void {
  assertNotOver(state);
  if (isNew && state.status === "Retrying") throw failed(state);
}

function failed({ failures }: WorkerState): GolemError {
  return new GolemError({ type: "PreviousInvocationFailed", details: failures.last ?? "" });
}
