import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/** Why a {@link PromiseError} was thrown. */
export type PromiseErrorCode =
  | "promise-id"
  | "promise-value"
  | "promise-timeout"
  | "promise-in-atomic-region"
  | "promise-of-another-worker";

/** Something about a durable promise went wrong. */
export class PromiseError extends SdkError {
  override readonly name = "PromiseError" as const;
  declare readonly code: PromiseErrorCode;
}

/** Whether `error` is a {@link PromiseError}; with `code`, only one of that code. */
export function isPromiseError(error: unknown, code?: PromiseErrorCode): error is PromiseError {
  return (
    isSdkErrorNamed(error, "PromiseError") && (code === undefined || (error as PromiseError).code === code)
  );
}
