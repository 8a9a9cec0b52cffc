import { type PromiseId, type WorkerId, workerIdText } from "./api/worker-id.ts";
import { StorageError } from "./storage-error.ts";

/** Golem's error cases, by their `type` in REST answers, with the fields that go with each. */
export type GolemErrorCase =
  | { readonly type: "InvalidRequest"; readonly details: string }
  | { readonly type: "WorkerAlreadyExists"; readonly workerId: WorkerId }
  | { readonly type: "WorkerNotFound"; readonly workerId: WorkerId }
  | { readonly type: "WorkerCreationFailed"; readonly workerId: WorkerId; readonly details: string }
  | { readonly type: "ComponentNotFound"; readonly componentId: string; readonly version?: number }
  | { readonly type: "ComponentAlreadyExists"; readonly componentId: string }
  | { readonly type: "ComponentParseFailed"; readonly componentId: string; readonly reason: string }
  | { readonly type: "FileNotFound"; readonly path: string }
  /** A directory where a file is wanted, or the other way round. */
  | { readonly type: "BadFileType"; readonly path: string }
  | { readonly type: "PromiseNotFound"; readonly promiseId: PromiseId }
  | { readonly type: "Interrupted"; readonly recoverImmediately: boolean }
  | { readonly type: "ParamTypeMismatch"; readonly details: string }
  | { readonly type: "UnexpectedOplogEntry"; readonly expected: string; readonly got: string }
  | { readonly type: "RuntimeError"; readonly details: string }
  | { readonly type: "PreviousInvocationFailed"; readonly details: string }
  | { readonly type: "PreviousInvocationExited" }
  | { readonly type: "Unknown"; readonly details: string };

/** An error of the host that its callers are meant to see; `detail` is what REST answers. */
export class GolemError extends Error {
  override readonly name = "GolemError" as const;
  readonly detail: GolemErrorCase;

  constructor(detail: GolemErrorCase, options?: ErrorOptions) {
    super(describe(detail), options);
    this.detail = detail;
  }
}

function describe(detail: GolemErrorCase): string {
  switch (detail.type) {
    case "InvalidRequest":
    case "ParamTypeMismatch":
    case "RuntimeError":
    case "PreviousInvocationFailed":
    case "Unknown":
      return detail.details;
    case "WorkerAlreadyExists":
      return `Worker already exists: ${workerIdText(detail.workerId)}`;
    case "WorkerNotFound":
      return `Worker not found: ${workerIdText(detail.workerId)}`;
    case "WorkerCreationFailed":
      return `Failed to create worker ${workerIdText(detail.workerId)}: ${detail.details}`;
    case "ComponentNotFound":
      return `Component not found: ${detail.componentId}${detail.version === undefined ? "" : `, version ${detail.version}`}`;
    case "ComponentAlreadyExists":
      return `Component already exists: ${detail.componentId}`;
    case "ComponentParseFailed":
      return `Component ${detail.componentId} cannot be loaded: ${detail.reason}`;
    case "FileNotFound":
      return `File not found: ${detail.path}`;
    case "BadFileType":
      return `Bad file type: ${detail.path}`;
    case "PromiseNotFound":
      return `Promise not found: ${workerIdText(detail.promiseId.workerId)}, oplog index ${detail.promiseId.oplogIdx}`;
    case "Interrupted":
      return "Interrupted via the Golem API";
    case "UnexpectedOplogEntry":
      return `Unexpected oplog entry: expected ${detail.expected}, got ${detail.got}`;
    case "PreviousInvocationExited":
      return "The worker has exited; it accepts no more invocations";
  }
}

/** True if the host's files are at fault, and not what was asked for: it may be asked for again when they are mended. */
export function isHostTrouble(error: unknown): boolean {
  if (error instanceof GolemError) return error.detail.type === "ComponentParseFailed";
  return error instanceof StorageError;
}

/**
 * The disk's trouble that an error tells of, here or where another worker is, unless it stays: a full disk will have space
 * again, and what failed can be done again; a damaged file is what it is.
 */
export function passingTrouble(error: unknown): StorageError | undefined {
  const trouble = error instanceof GolemError ? error.cause : error;
  return trouble instanceof StorageError && !trouble.isDamage ? trouble : undefined;
}

/** What those are told who wait for a worker that somebody interrupts. */
export function interruptedError(): GolemError {
  return new GolemError({ type: "RuntimeError", details: "Interrupted via the Golem API" });
}
