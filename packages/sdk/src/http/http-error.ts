import { httpErrorCode, type ErrorCode, type IoError } from "wasi:http/types@0.2.0";

import { streamFailureOf } from "../io/stream-failure.ts";
import { describeValue } from "../describe-value.ts";
import { payloadOf } from "../result-error.ts";
import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * Why an {@link HttpError} was thrown: a case of `wasi:http/types.error-code`, verbatim; or `timeout` (the request's own
 * `timeout`), `redirect` (not followed), `invalid-request` (a part of it is refused before it is sent).
 *
 * @example
 * ```ts
 * const passing: readonly HttpErrorCode[] = ["connection-refused", "connection-timeout", "DNS-timeout"];
 * const tryAgain = isHttpError(error) && passing.includes(error.code);
 * ```
 */
export type HttpErrorCode = ErrorCode["tag"] | "timeout" | "redirect" | "invalid-request";

/** What is attempted: `{ method: "GET", url: "https://…" }`. */
export interface HttpOperation {
  readonly method: string;
  readonly url: string;
}

/**
 * A request did not lead to a response, or a body broke off. The `cause` is the platform's error code with its details.
 *
 * @example
 * ```ts
 * try {
 *   await fetch(url, { timeout: "30 s" });
 * } catch (error) {
 *   if (!isHttpError(error)) throw error;
 *   log.warn("no answer", { url: error.url, code: error.code });
 * }
 * ```
 */
export class HttpError extends SdkError {
  override readonly name = "HttpError" as const;
  declare readonly code: HttpErrorCode;
  readonly method: string;
  readonly url: string;

  /** Made by `fetch`. */
  constructor(code: HttpErrorCode, { method, url }: HttpOperation, reason: string, cause?: unknown) {
    super({
      code,
      operation: `${method} ${url}`,
      message: `${method} ${url} failed (${code}): ${reason}`,
      cause,
    });
    this.method = method;
    this.url = url;
  }
}

/**
 * Whether `error` is an {@link HttpError}, whichever bundle it was made in.
 *
 * @example
 * ```ts
 * const retry = isHttpError(error) && error.code === "connection-timeout";
 * ```
 */
export function isHttpError(error: unknown): error is HttpError {
  return isSdkErrorNamed(error, "HttpError");
}

/** An error code of the platform, as it answers for requests. */
export function httpErrorOf(code: ErrorCode, operation: HttpOperation): HttpError {
  const details = "val" in code && code.val !== undefined ? ` ${describeValue(code.val)}` : "";
  return new HttpError(code.tag, operation, `${explain(code.tag)}${details}`, code);
}

/** What a body's stream has thrown; anything but a failure of the stream stays as it is. */
export function httpStreamError(thrown: unknown, operation: HttpOperation): unknown {
  let code: ErrorCode | undefined;
  const failure = streamFailureOf(thrown, (error: IoError) => {
    code = httpErrorCode(error);
  });
  if (failure === undefined) return thrown;
  if (code !== undefined) return httpErrorOf(code, operation);
  const reason = failure.tag === "closed" ? "the body is closed" : failure.reason;
  return new HttpError("HTTP-protocol-error", operation, reason, failure);
}

/** What `outgoing-handler.handle` has thrown; anything but an error code stays as it is. */
export function httpHandleError(thrown: unknown, operation: HttpOperation): unknown {
  const payload = payloadOf(thrown);
  return isErrorCode(payload) ? httpErrorOf(payload, operation) : thrown;
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "object" && value !== null && "tag" in value && typeof value.tag === "string";
}

function explain(tag: ErrorCode["tag"]): string {
  switch (tag) {
    case "connection-refused":
      return "nobody listens there";
    case "DNS-error":
      return "the host's name is not known";
    case "HTTP-response-incomplete":
    case "connection-terminated":
      return "the connection ended before the response did";
    default:
      return tag.replaceAll("-", " ");
  }
}
