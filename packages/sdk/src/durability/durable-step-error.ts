import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/** Why a {@link DurableStepError} was thrown. */
export type DurableStepErrorCode = "durable-step-value" | "durable-step-name";

/** A durable step was given a name or a result that cannot be recorded. */
export class DurableStepError extends SdkError {
  override readonly name = "DurableStepError" as const;
  declare readonly code: DurableStepErrorCode;
}

/** Whether `error` is a {@link DurableStepError}. */
export function isDurableStepError(error: unknown): error is DurableStepError {
  return isSdkErrorNamed(error, "DurableStepError");
}
