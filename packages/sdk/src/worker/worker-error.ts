import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * Why a {@link WorkerError} was thrown.
 *
 * @example
 * ```ts
 * const isMissing = (code: WorkerErrorCode): boolean => code === "unknown-component";
 * ```
 */
export type WorkerErrorCode = "unknown-component" | "invalid-argument";

/**
 * A worker cannot be found, or what is to be done with it cannot be.
 *
 * @example
 * ```ts
 * try {
 *   for await (const worker of workers("shop:orders")) log.info(worker.workerName);
 * } catch (error) {
 *   if (!isWorkerError(error)) throw error;
 *   log.warn("no orders", { code: error.code, reason: error.message });
 * }
 * ```
 */
export class WorkerError extends SdkError {
  override readonly name = "WorkerError" as const;
  declare readonly code: WorkerErrorCode;
}

/**
 * Whether `error` is a {@link WorkerError}.
 *
 * @example
 * ```ts
 * const isMissing = (error: unknown): boolean => isWorkerError(error) && error.code === "unknown-component";
 * ```
 */
export function isWorkerError(error: unknown): error is WorkerError {
  return isSdkErrorNamed(error, "WorkerError");
}
