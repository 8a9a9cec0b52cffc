import {
  OutgoingResponse,
  ResponseOutparam,
  type IncomingRequest,
  type Method,
  type Scheme,
} from "wasi:http/types@0.2.0";

import { chunksOf } from "../content.ts";
import { fieldsOf, headersFrom } from "./fields.ts";
import type { HttpOperation } from "./http-error.ts";
import { receiveBody } from "./incoming-body.ts";
import { sendBody, type Trailers } from "./outgoing-body.ts";

/**
 * What answers a request.
 *
 * @example
 * ```ts
 * const hello: HttpHandler = (request) => new Response(`You asked for ${new URL(request.url).pathname}`);
 * export const incomingHandler = httpHandler(hello);
 * ```
 */
export type HttpHandler = (request: IncomingHttpRequest) => Response | Promise<Response>;

/**
 * A `Request` that came in.
 *
 * @example
 * ```ts
 * async function upload(request: IncomingHttpRequest): Promise<Response> {
 *   const { byteLength } = await request.arrayBuffer();
 *   const checksum = (await request.trailers)?.get("x-checksum");
 *   return Response.json({ byteLength, checksum });
 * }
 * ```
 */
export interface IncomingHttpRequest extends Request {
  /** The headers that followed the body, once it was read to its end; `undefined` if there were none. Never rejects. */
  readonly trailers: Promise<Headers | undefined>;
}

/**
 * How requests are answered.
 *
 * @example
 * ```ts
 * const options: HttpHandlerOptions = {
 *   onError: (error) => Response.json({ error: String(error) }, { status: 503 }),
 * };
 * export const incomingHandler = httpHandler(async () => Response.json(await products.keys()), options);
 * ```
 */
export interface HttpHandlerOptions {
  /**
   * Answers a request whose handler threw. What this throws in turn ends the worker's instance, and Golem retries the
   * invocation as its retry policy says.
   *
   * @default writes the error to stderr, and answers with status 500
   */
  readonly onError?: (error: unknown, request: Request) => Response | Promise<Response>;
}

/**
 * What a component exports as `wasi:http/incoming-handler`.
 *
 * @example
 * ```ts
 * export const incomingHandler: IncomingHandler = httpHandler(() => new Response("hello"));
 * ```
 */
export interface IncomingHandler {
  /** Answers one request; the platform calls it. Resolves when the response was sent. */
  handle(request: IncomingRequest, responseOut: ResponseOutparam): Promise<void>;
}

const trailersOfResponses = new WeakMap<Response, Trailers>();

/**
 * Makes the export `wasi:http/incoming-handler` of a function from `Request` to `Response`, the shape that web frameworks
 * have. Bodies are streamed both ways: the response may begin before the request was read.
 *
 * The invocation lasts until the response's body was sent.
 *
 * Stands on `wasi:http/incoming-handler.handle`; the world exports it and imports `wasi:http/types@0.2.0`,
 * `wasi:io/poll@0.2.0` and `wasi:io/streams@0.2.0`.
 *
 * @example
 * ```ts
 * let visits = 0;
 *
 * export const incomingHandler = httpHandler(async (request) => {
 *   visits += 1;
 *   return Response.json({ path: new URL(request.url).pathname, visits });
 * });
 * ```
 */
export function httpHandler(
  handler: HttpHandler,
  { onError = status500 }: HttpHandlerOptions = {},
): IncomingHandler {
  return {
    async handle(incoming, responseOut) {
      const received = toRequest(incoming);
      const { request, operation } = received;
      let response: Response;
      try {
        response = await handler(request);
      } catch (error) {
        response = await onError(error, request);
      }
      try {
        await respond(response, responseOut, operation);
      } finally {
        received.drop();
      }
    },
  };
}

/**
 * Gives a handler's response trailers: headers that follow its body.
 *
 * @param trailers a function is called when the body was sent
 * @returns the same response
 * @example
 * ```ts
 * export const incomingHandler = httpHandler(() =>
 *   withTrailers(new Response(report), () => ({ "x-checksum": digest() })),
 * );
 * ```
 */
export function withTrailers(response: Response, trailers: Trailers): Response {
  trailersOfResponses.set(response, trailers);
  return response;
}

interface Received {
  readonly request: IncomingHttpRequest;
  readonly operation: HttpOperation;
  /** Lets go of what the handler has not read. */
  readonly drop: () => void;
}

function toRequest(incoming: IncomingRequest): Received {
  using owned = incoming;
  const method = methodText(owned.method());
  const headers = headersFrom(owned.headers());
  const authority = owned.authority() ?? headers.get("host") ?? "localhost";
  const url = `${schemeText(owned.scheme())}://${authority}${owned.pathWithQuery() ?? "/"}`;
  const operation = { method, url };
  const { stream, trailers, drop } = receiveBody(owned.consume(), {
    operation,
    announcesTrailers: headers.has("trailer"),
  });
  const bodiless = method === "GET" || method === "HEAD";
  const request = new Request(url, { method, headers, ...(!bodiless && { body: stream, duplex: "half" }) });
  Object.defineProperty(request, "trailers", { value: trailers });
  return { request: request as IncomingHttpRequest, operation, drop };
}

async function respond(
  response: Response,
  responseOut: ResponseOutparam,
  operation: HttpOperation,
): Promise<void> {
  const trailers = trailersOfResponses.get(response);
  const outgoing = new OutgoingResponse(fieldsOf(response.headers, operation));
  outgoing.setStatusCode(response.status);
  const chunks = response.body === null ? trailers && [] : chunksOf(response.body);
  const body = chunks && outgoing.body();
  ResponseOutparam.set(responseOut, { tag: "ok", val: outgoing });
  if (body !== undefined) await sendBody(body, chunks ?? [], { operation, trailers });
}

function status500(error: unknown, { method, url }: Request): Response {
  // Golem shows what a worker writes to stderr.
  // oxlint-disable-next-line no-console
  console.error(`${method} ${url} failed:`, error);
  return new Response("Internal Server Error", { status: 500 });
}

function methodText(method: Method): string {
  return method.tag === "other" ? method.val : method.tag.toUpperCase();
}

function schemeText(scheme: Scheme | undefined): string {
  if (scheme === undefined) return "http";
  return scheme.tag === "other" ? scheme.val : scheme.tag.toLowerCase();
}
