import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";
import { describeStreamFailure, streamFailureOf } from "./stream-failure.ts";

/**
 * Why a {@link StreamError} was thrown: the other side is gone, or the operation failed.
 *
 * @example
 * ```ts
 * const hasHungUp = (code: StreamErrorCode): boolean => code === "stream-closed";
 * ```
 */
export type StreamErrorCode = "stream-closed" | "stream-failed";

/**
 * Reading or writing a stream failed.
 *
 * @example
 * ```ts
 * if (isStreamError(error) && error.code === "stream-closed") log.info("the other side has hung up");
 * ```
 */
export class StreamError extends SdkError {
  override readonly name = "StreamError" as const;
  declare readonly code: StreamErrorCode;
}

/**
 * Whether `error` is a {@link StreamError}, whichever bundle it was made in.
 *
 * @example
 * ```ts
 * if (!isStreamError(error)) throw error;
 * ```
 */
export function isStreamError(error: unknown): error is StreamError {
  return isSdkErrorNamed(error, "StreamError");
}

/** What a stream's function has thrown, as a {@link StreamError}; what is no failure of a stream stays as it is. */
export function streamError(operation: string, thrown: unknown): unknown {
  const failure = streamFailureOf(thrown);
  if (failure === undefined) return thrown;
  return new StreamError({
    code: failure.tag === "closed" ? "stream-closed" : "stream-failed",
    operation,
    message: `${operation} failed: ${describeStreamFailure(failure)}`,
    cause: failure,
  });
}
