import type { CallId } from "../ground/api/call-id.ts";
import type { UpdateMode } from "../ground/api/workers.ts";
import { GolemError } from "../ground/golem-error.ts";
import type { Journal } from "./journal.ts";
import { type PendingUpdate, updateKey } from "./updates.ts";

/**
 * Notes that a worker is to be updated: by replay as the next thing, by snapshot when its turn among the invocations
 * comes. Nothing happens to a worker that has exited.
 *
 * @throws GolemError `InvalidRequest` if there is nothing to be done
 */
export function noteUpdate(journal: Journal, mode: UpdateMode, targetVersion: number, by: CallId): void {
  const { status, componentVersion, updates, pending } = journal.state;
  if (status === "Exited") return;
  const idempotencyKey = updateKey(targetVersion);
  if (componentVersion === targetVersion) throw invalid("Worker is already at the target version");
  if (mode === "Automatic" ? updates.isAutomaticTo(targetVersion) : pending.has(idempotencyKey))
    throw invalid("The same update is already in progress");
  if (mode === "Automatic") {
    journal.append({ type: "PendingUpdate", targetVersion, description: { type: "Automatic" }, by });
  } else if (status === "Failed") {
    const details = "failed to get a snapshot for manual update: the worker has failed";
    journal.append({ type: "FailedUpdate", targetVersion, details, by });
  } else {
    const invocation = { targetVersion, idempotencyKey, by };
    journal.append({ type: "PendingWorkerInvocation", invocation });
  }
}

/**
 * Notes that a worker is to be moved, in place of all updates by replay that are noted.
 *
 * @returns what is pending now; `undefined` if the worker has the version
 */
export function noteMove(
  journal: Journal,
  targetVersion: number,
  by: CallId,
  anyResult: boolean,
): PendingUpdate | undefined {
  const { componentVersion, updates } = journal.state;
  const noted = updates.automaticTo(targetVersion);
  if (noted !== undefined && updates.next === noted) return noted;
  // An earlier version that waits is not wanted any more, also if this one is there already.
  if (componentVersion === targetVersion && updates.next === undefined) return undefined;
  journal.append({
    type: "PendingUpdate",
    targetVersion,
    description: { type: "Automatic" },
    waits: true,
    ...(anyResult && { anyResult }),
    by,
  });
  return updates.automaticTo(targetVersion);
}

function invalid(details: string): GolemError {
  return new GolemError({ type: "InvalidRequest", details });
}
