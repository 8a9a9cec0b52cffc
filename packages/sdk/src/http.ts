/** Requests to other servers, and answers to those that come in. */
import { idempotencyKey } from "./durability.ts";

export { fetch, type FetchOptions, type FetchResponse } from "./http/fetch.ts";
export { HttpError, isHttpError, type HttpErrorCode } from "./http/http-error.ts";
export type { HttpTimeouts } from "./http/exchange.ts";
export {
  httpHandler,
  withTrailers,
  type HttpHandler,
  type HttpHandlerOptions,
  type IncomingHandler,
  type IncomingHttpRequest,
} from "./http/incoming-handler.ts";
export type { Trailers } from "./http/outgoing-body.ts";

/**
 * The header by which a server knows a request that it has seen before: the same key whenever this point of the worker's
 * history is repeated, and another at every other point. Make it before an atomic region that sends it.
 *
 * Stands on `golem:api/host.generate-idempotency-key`.
 *
 * @param key @default a new one
 * @example
 * ```ts
 * await fetch("https://pay.example/charges", { method: "POST", headers: idempotencyHeaders() });
 * ```
 */
export function idempotencyHeaders(key: string = idempotencyKey()): { "Idempotency-Key": string } {
  return { "Idempotency-Key": key };
}
