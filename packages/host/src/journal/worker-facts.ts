import type { CallId } from "../ground/api/call-id.ts";
import type { OplogEntry } from "../oplog/entry.ts";

/** The invocation that was begun and has no result yet. */
export interface OpenInvocation {
  readonly index: number;
  readonly idempotencyKey: string;
  readonly functionName: string;
}

/** A resource instance that the worker holds for its callers. */
export interface OwnedResource {
  readonly createdAt: number;
  readonly indexed: { readonly resourceName: string; readonly resourceParams: readonly string[] } | null;
}

/** The call by which an entry came to be, if others are to know that it was carried out. */
export function carriedOut(entry: OplogEntry): CallId | undefined {
  switch (entry.type) {
    case "Create":
    case "Revert":
    case "PendingUpdate":
    case "FailedUpdate":
      return entry.by;
    case "PendingWorkerInvocation":
      return "by" in entry.invocation ? entry.invocation.by : undefined;
    default:
      return undefined;
  }
}
