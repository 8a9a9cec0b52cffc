import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * Why a {@link DurableStepError} was thrown.
 *
 * @example
 * ```ts
 * const isUnfit = (code: DurableStepErrorCode): boolean => code === "durable-step-value";
 * ```
 */
export type DurableStepErrorCode = "durable-step-value" | "durable-step-name";

/**
 * A durable step was given a name or a result that cannot be recorded.
 *
 * @example
 * ```ts
 * try {
 *   await durable("ask the price", { sku }, async () => (await fetch(url)).json(), { schema: priceSchema });
 * } catch (error) {
 *   if (!isDurableStepError(error)) throw error;
 *   log.warn("the answer is no price", { reason: error.message });
 * }
 * ```
 */
export class DurableStepError extends SdkError {
  override readonly name = "DurableStepError" as const;
  declare readonly code: DurableStepErrorCode;
}

/**
 * Whether `error` is a {@link DurableStepError}.
 *
 * @example
 * ```ts
 * const isUnfit = (error: unknown): boolean => isDurableStepError(error) && error.code === "durable-step-value";
 * ```
 */
export function isDurableStepError(error: unknown): error is DurableStepError {
  return isSdkErrorNamed(error, "DurableStepError");
}
