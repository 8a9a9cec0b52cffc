import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * Why a {@link PromiseError} was thrown.
 *
 * @example
 * ```ts
 * const isOver = (code: PromiseErrorCode): boolean => code === "promise-timeout";
 * ```
 */
export type PromiseErrorCode =
  | "promise-id"
  | "promise-value"
  | "promise-timeout"
  | "promise-in-atomic-region"
  | "promise-of-another-worker";

/**
 * Something about a durable promise went wrong.
 *
 * @example
 * ```ts
 * try {
 *   await openPromise(input).complete("yes");
 * } catch (error) {
 *   if (!isPromiseError(error, "promise-id")) throw error;
 *   log.warn("that is no promise", { input });
 * }
 * ```
 */
export class PromiseError extends SdkError {
  override readonly name = "PromiseError" as const;
  declare readonly code: PromiseErrorCode;
}

/**
 * Whether `error` is a {@link PromiseError}; with `code`, only one of that code.
 *
 * @example
 * ```ts
 * const decision = await approval.wait({ timeout: "2 days" }).catch((error: unknown) => {
 *   if (isPromiseError(error, "promise-timeout")) return undefined;
 *   throw error;
 * });
 * ```
 */
export function isPromiseError(error: unknown, code?: PromiseErrorCode): error is PromiseError {
  return (
    isSdkErrorNamed(error, "PromiseError") && (code === undefined || (error as PromiseError).code === code)
  );
}
