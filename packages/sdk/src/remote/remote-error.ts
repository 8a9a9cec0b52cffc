import type { RpcError } from "golem:rpc/types@0.2.0";

import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * Why a {@link RemoteError} was thrown: the cases of `golem:rpc/types.rpc-error`, a component name that is unknown, a
 * `RemoteWorker` that was disposed of.
 *
 * @example
 * ```ts
 * const code: RemoteErrorCode = "remote-internal-error";
 * ```
 */
export type RemoteErrorCode = RpcError["tag"] | "unknown-component" | "disposed";

/**
 * A call by name did not reach a result. `operation` is the function that was called; `cause` the platform's
 * `{ tag, val }`, unchanged.
 *
 * @example
 * ```ts
 * try {
 *   await counter.call(add, 1);
 * } catch (error) {
 *   if (!isRemoteError(error, "not-found")) throw error;
 *   log.warn("the counter cannot add", { called: error.operation });
 * }
 * ```
 */
export class RemoteError extends SdkError {
  override readonly name = "RemoteError" as const;
  declare readonly code: RemoteErrorCode;
}

/**
 * Whether `error` is a {@link RemoteError}, whichever bundle it was made in; with `code`, only one of that code.
 *
 * @example
 * ```ts
 * const isRefused = (error: unknown): boolean => isRemoteError(error, "denied");
 * ```
 */
export function isRemoteError(error: unknown, code?: RemoteErrorCode): error is RemoteError {
  return (
    isSdkErrorNamed(error, "RemoteError") && (code === undefined || (error as RemoteError).code === code)
  );
}

/** The exception for what the platform answered. @param target the worker, as errors name it */
export function remoteErrorOf(cause: RpcError, target: string, functionName: string): RemoteError {
  return new RemoteError({
    code: cause.tag,
    operation: functionName,
    message: `Calling ${functionName} of ${target} failed (${cause.tag}): ${cause.val}`,
    cause,
  });
}

/** Whether a value that was thrown is the platform's own error. */
export function isRpcError(value: unknown): value is RpcError {
  return typeof value === "object" && value !== null && "tag" in value && "val" in value;
}
