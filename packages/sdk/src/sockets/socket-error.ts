import type { ErrorCode } from "wasi:sockets/network@0.2.0";

import { wait, type Subscribe, type WaitOptions } from "../event-loop.ts";
import { payloadOf } from "../result-error.ts";
import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * Why a {@link SocketError} was thrown: a case of `wasi:sockets/network.error-code`, verbatim; or `closed`, by oneself.
 *
 * @example
 * ```ts
 * const passing: readonly SocketErrorCode[] = ["connection-refused", "timeout", "temporary-resolver-failure"];
 * const tryAgain = isSocketError(error) && passing.includes(error.code);
 * ```
 */
export type SocketErrorCode = ErrorCode | "closed";

/**
 * An operation of a socket, or a name lookup, failed.
 *
 * @example
 * ```ts
 * try {
 *   using connection = await connect({ host: "127.0.0.1", port: 6379 });
 * } catch (error) {
 *   if (!isSocketError(error) || error.code !== "connection-refused") throw error;
 *   log.warn("nobody listens", { operation: error.operation });
 * }
 * ```
 */
export class SocketError extends SdkError {
  override readonly name = "SocketError" as const;
  declare readonly code: SocketErrorCode;

  /** Made by the functions of `sockets`. */
  constructor(code: SocketErrorCode, operation: string, reason: string, cause?: unknown) {
    super({ code, operation, message: `${operation} failed: ${reason}`, cause });
  }
}

/**
 * Whether `error` is a {@link SocketError}, whichever bundle it was made in.
 *
 * @example
 * ```ts
 * if (!isSocketError(error)) throw error;
 * ```
 */
export function isSocketError(error: unknown): error is SocketError {
  return isSdkErrorNamed(error, "SocketError");
}

/** The reason of what waits on a socket that is closed. */
export function closedError(operation: string): SocketError {
  return new SocketError("closed", operation, "the socket was closed here");
}

/** Runs a function of `wasi:sockets`; the code that it throws becomes a {@link SocketError}. */
export function socketCall<T>(operation: string, call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    const code = payloadOf(thrown);
    if (typeof code !== "string") throw thrown;
    throw new SocketError(code as ErrorCode, operation, code.replaceAll("-", " "), code);
  }
}

/** Repeats a function of `wasi:sockets` until it does not say `would-block` any more. */
export async function settled<T>(
  operation: string,
  call: () => T,
  { subscribe, signal }: WaitOptions & { readonly subscribe: Subscribe },
): Promise<T> {
  for (;;) {
    try {
      return socketCall(operation, call);
    } catch (error) {
      if (!isSocketError(error) || error.code !== "would-block") throw error;
    }
    await wait(subscribe, { signal });
  }
}
