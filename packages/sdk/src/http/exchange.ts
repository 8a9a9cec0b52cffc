import { handle } from "wasi:http/outgoing-handler@0.2.0";
import {
  OutgoingRequest,
  RequestOptions,
  type FutureIncomingResponse,
  type IncomingResponse,
  type Method,
  type OutgoingBody,
  type Scheme,
} from "wasi:http/types@0.2.0";

import { toNanoseconds, type Duration } from "../duration.ts";
import { wait } from "../event-loop.ts";
import { streamFailureOf } from "../io/stream-failure.ts";
import { fieldsOf, headersFrom } from "./fields.ts";
import { HttpError, httpErrorOf, httpHandleError, type HttpOperation } from "./http-error.ts";
import { receiveBody, type ReceivedBody } from "./incoming-body.ts";
import type { Lifetime } from "./lifetime.ts";
import { sendBody, type Chunks, type Trailers } from "./outgoing-body.ts";

/**
 * How long the platform waits in the parts of an exchange. What is left out is as long as the platform likes.
 *
 * @example
 * ```ts
 * const timeouts: HttpTimeouts = { connectTimeout: "2 s", firstByteTimeout: "10 s" };
 * const response = await fetch(url, timeouts);
 * ```
 */
export interface HttpTimeouts {
  /** Until the connection is made. Error `connection-timeout`. */
  readonly connectTimeout?: Duration | undefined;
  /** Until the response begins. Error `connection-read-timeout` or `HTTP-response-timeout`. */
  readonly firstByteTimeout?: Duration | undefined;
  /** Between two parts of the response's body. Error `connection-read-timeout`. */
  readonly betweenBytesTimeout?: Duration | undefined;
}

/** A request as it is sent. */
export interface Message {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Chunks | undefined;
  readonly trailers: Trailers | undefined;
  readonly timeouts: HttpTimeouts;
}

/** A response as it is received; without a body if it cannot have one. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReceivedBody | undefined;
}

const KNOWN_METHODS: readonly Exclude<Method["tag"], "other">[] = [
  "get",
  "head",
  "post",
  "put",
  "delete",
  "connect",
  "options",
  "trace",
  "patch",
];

/** Responses of these have no body, whatever the headers say. */
const BODILESS = new Set([101, 103, 204, 205, 304]);

/**
 * Sends one request and receives the head of its response; the request's body is sent meanwhile, and perhaps longer.
 * The lifetime is disposed of when the response's body is done with.
 *
 * @throws HttpError; what the request's body throws; the reason of the lifetime's end
 */
export async function exchange(message: Message, lifetime: Lifetime): Promise<Answer> {
  const operation: HttpOperation = { method: message.method, url: message.url.href };
  const { future, body } = begin(message, operation);
  if (body !== undefined) void upload(body, message, operation, lifetime);
  using owned = future;
  const response = await responseOf(owned, operation, lifetime.signal);
  return receive(response, operation, lifetime);
}

function begin(
  message: Message,
  operation: HttpOperation,
): { readonly future: FutureIncomingResponse; readonly body: OutgoingBody | undefined } {
  const timeouts = nanosecondsOf(message.timeouts);
  const request = requestOf(message, operation);
  const options = new RequestOptions();
  options.setConnectTimeout(timeouts.connect);
  options.setFirstByteTimeout(timeouts.firstByte);
  options.setBetweenBytesTimeout(timeouts.betweenBytes);
  const body = message.body && request.body();
  try {
    return { future: handle(request, options), body };
  } catch (thrown) {
    body?.[Symbol.dispose]();
    throw httpHandleError(thrown, operation);
  }
}

function requestOf({ method, url, headers }: Message, operation: HttpOperation): OutgoingRequest {
  const scheme = schemeOf(url.protocol, operation);
  const request = new OutgoingRequest(fieldsOf(headers, operation));
  const set = (what: string, setter: () => void): void => {
    try {
      setter();
    } catch (cause) {
      request[Symbol.dispose]();
      throw new HttpError("invalid-request", operation, `the ${what} is refused`, cause);
    }
  };
  set("method", () => request.setMethod(methodOf(method)));
  set("scheme", () => request.setScheme(scheme));
  set("authority", () => request.setAuthority(url.host));
  set("path", () => request.setPathWithQuery(`${url.pathname}${url.search}`));
  return request;
}

function methodOf(method: string): Method {
  const tag = KNOWN_METHODS.find((known) => known === method.toLowerCase());
  return tag === undefined ? { tag: "other", val: method } : { tag };
}

function schemeOf(protocol: string, operation: HttpOperation): Scheme {
  if (protocol === "http:") return { tag: "HTTP" };
  if (protocol === "https:") return { tag: "HTTPS" };
  throw new HttpError("invalid-request", operation, `it begins with ${protocol}, not with http: or https:`);
}

function nanosecondsOf({ connectTimeout, firstByteTimeout, betweenBytesTimeout }: HttpTimeouts) {
  const nanoseconds = (duration: Duration | undefined): bigint | undefined =>
    duration === undefined ? undefined : toNanoseconds(duration);
  return {
    connect: nanoseconds(connectTimeout),
    firstByte: nanoseconds(firstByteTimeout),
    betweenBytes: nanoseconds(betweenBytesTimeout),
  };
}

/** A body that cannot be sent ends the exchange; a server that does not want all of it does not. */
async function upload(
  body: OutgoingBody,
  { body: chunks = [], trailers }: Message,
  operation: HttpOperation,
  lifetime: Lifetime,
): Promise<void> {
  try {
    await sendBody(body, chunks, { operation, trailers, signal: lifetime.signal });
  } catch (error) {
    if (streamFailureOf(error) === undefined) lifetime.end(httpHandleError(error, operation));
  }
}

async function responseOf(
  future: FutureIncomingResponse,
  operation: HttpOperation,
  signal: AbortSignal,
): Promise<IncomingResponse> {
  for (;;) {
    await wait(() => future.subscribe(), { signal });
    const answer = future.get();
    if (answer === undefined) continue;
    if (answer.tag === "err") throw new Error("The response was taken before");
    if (answer.val.tag === "err") throw httpErrorOf(answer.val.val, operation);
    return answer.val.val;
  }
}

function receive(response: IncomingResponse, operation: HttpOperation, lifetime: Lifetime): Answer {
  using owned = response;
  const status = owned.status();
  const headers = headersFrom(owned.headers());
  if (operation.method.toLowerCase() === "head" || BODILESS.has(status)) {
    lifetime[Symbol.dispose]();
    return { status, headers, body: undefined };
  }
  const body = receiveBody(owned.consume(), {
    operation,
    announcesTrailers: headers.has("trailer"),
    signal: lifetime.signal,
    released: () => lifetime[Symbol.dispose](),
  });
  return { status, headers, body };
}
