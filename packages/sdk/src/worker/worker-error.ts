import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/** Why a {@link WorkerError} was thrown. */
export type WorkerErrorCode = "unknown-component" | "invalid-argument";

/** A worker cannot be found, or what is to be done with it cannot be. */
export class WorkerError extends SdkError {
  override readonly name = "WorkerError" as const;
  declare readonly code: WorkerErrorCode;
}

/** Whether `error` is a {@link WorkerError}. */
export function isWorkerError(error: unknown): error is WorkerError {
  return isSdkErrorNamed(error, "WorkerError");
}
