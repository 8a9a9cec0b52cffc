import { GolemError } from "../golem-error.ts";
import type { WorkerState } from "./worker-state.ts";

/** @throws GolemError `PreviousInvocationFailed`, `PreviousInvocationExited` if the worker runs nothing any more */
export function assertNotOver({ status, lastError }: WorkerState): void {
  if (status === "Failed")
    throw new GolemError({ type: "PreviousInvocationFailed", details: lastError ?? "" });
  if (status === "Exited") throw new GolemError({ type: "PreviousInvocationExited" });
}
