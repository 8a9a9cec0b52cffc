import { chunksOf } from "../content.ts";
import { describeValue } from "../describe-value.ts";
import { toNanoseconds, type Duration } from "../duration.ts";
import { exchange, type Answer, type HttpTimeouts, type Message } from "./exchange.ts";
import { HttpError } from "./http-error.ts";
import { Lifetime } from "./lifetime.ts";
import type { Trailers } from "./outgoing-body.ts";

/**
 * What a request may have: `fetch`'s options as far as they mean something outside of a browser, and some more.
 *
 * @example
 * ```ts
 * const options: FetchOptions = { headers: { accept: "application/json" }, timeout: "30 s", redirect: "error" };
 * const response = await fetch(url, options);
 * ```
 */
export interface FetchOptions extends HttpTimeouts {
  /** @default "GET", or that of the `Request` */
  readonly method?: string;
  readonly headers?: HeadersInit;
  /** A web stream or an async iterable is sent while it is produced; anything else with its length. */
  readonly body?: BodyInit | AsyncIterable<Uint8Array> | null;
  /** What follows the body. A function is called when the body was sent. */
  readonly trailers?: Trailers;
  /** Ends the request, or the reading of the response's body, with the signal's reason. */
  readonly signal?: AbortSignal | null;
  /** For the whole of it, the response's body and redirections included. Error `timeout`. @default none */
  readonly timeout?: Duration;
  /**
   * `"follow"`: at most 20 redirections. `"error"`: a redirection is an {@link HttpError}. `"manual"`: it is a response
   * like others.
   *
   * @default "follow"
   */
  readonly redirect?: "follow" | "error" | "manual";
}

/**
 * A `Response`, and what a web platform does not tell.
 *
 * @example
 * ```ts
 * const response: FetchResponse = await fetch(url);
 * const text = await response.text();
 * const checksum = (await response.trailers)?.get("x-checksum");
 * ```
 */
export interface FetchResponse extends Response {
  /**
   * The headers that followed the body, once it was read to its end; `undefined` if there were none, or it was not. Only
   * those are received that the response announces by its `Trailer` header. Never rejects.
   */
  readonly trailers: Promise<Headers | undefined>;
}

/** Set-up that outlives `setTimeout`'s range would end at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

const MOST_REDIRECTIONS = 20;

/**
 * The web's `fetch`, with time-outs, bodies streamed both ways, trailers, and errors with the platform's code. A response
 * is recorded: a replay gets the same, and the request is not sent again. Requests side by side with anything else that
 * the program waits for.
 *
 * The response's body is read when it is wanted, also by `for await`. One that is not wanted is let go of by `response.body?.cancel()`, or
 * by the end of `timeout` or `signal`.
 *
 * The global `fetch` may be used as well and waits in the same loop: it keeps to the web's standard, and has no codes,
 * time-outs or trailers. It decodes gzip and deflate, which this one leaves to the program.
 *
 * Stands on `wasi:http/outgoing-handler.handle`; the world imports `wasi:http/outgoing-handler@0.2.0`,
 * `wasi:http/types@0.2.0`, `wasi:io/poll@0.2.0` and `wasi:io/streams@0.2.0`.
 *
 * @param input where to; a `Request` gives its method, headers and body, unless `options` has others
 * @throws HttpError; TypeError for a URL or options that are not valid; the reason of `options.signal`; DurationError
 * @example
 * ```ts
 * const response = await fetch("https://pay.example/charges", {
 *   method: "POST",
 *   headers: { ...idempotencyHeaders(), "content-type": "application/json" },
 *   body: JSON.stringify({ total: 1200 }),
 *   timeout: "30 s",
 * });
 * if (!response.ok) throw new Error(await response.text());
 * ```
 */
export async function fetch(
  input: string | URL | Request,
  options: FetchOptions = {},
): Promise<FetchResponse> {
  const { redirect = "follow", signal = input instanceof Request ? input.signal : undefined } = options;
  let message = await messageOf(input, options);
  const first = message.url.href;
  const lifetime = new Lifetime(signal ?? undefined);
  try {
    if (options.timeout !== undefined) limit(lifetime, options.timeout, message);
    for (let redirections = 0; ; redirections += 1) {
      const answer = await exchange(message, lifetime);
      const location = redirect === "manual" ? undefined : locationOf(answer);
      if (location === undefined) return toResponse(answer, message, first);
      await answer.body?.stream.cancel();
      if (redirect === "error" || redirections === MOST_REDIRECTIONS) {
        const reason = redirect === "error" ? "it is redirected" : "it is redirected again and again";
        throw new HttpError("redirect", operationOf(message), `${reason}, to ${location}`);
      }
      message = redirected(message, answer.status, targetOf(location, message));
    }
  } catch (error) {
    lifetime[Symbol.dispose]();
    throw error;
  }
}

async function messageOf(input: string | URL | Request, options: FetchOptions): Promise<Message> {
  const { body, trailers, connectTimeout, firstByteTimeout, betweenBytesTimeout } = options;
  const timeouts = { connectTimeout, firstByteTimeout, betweenBytesTimeout };
  const streamed = isStreamed(body);
  const init = {
    ...(options.method !== undefined && { method: options.method }),
    ...(options.headers !== undefined && { headers: options.headers }),
    ...(body !== undefined && !streamed && { body }),
  };
  const request = new Request(input, init);
  const { method, headers } = request;
  const url = new URL(request.url);
  refuseCredentials(method, url);
  const common = { method, url, headers, trailers, timeouts };
  if (streamed) return { ...common, body: chunksOf(body) };
  if (request.body === null) return { ...common, body: trailers && [] };
  if (body === undefined) return { ...common, body: chunksOf(request.body) };
  const bytes = new Uint8Array(await request.arrayBuffer());
  // With trailers the length would be told twice.
  if (trailers === undefined) headers.set("content-length", String(bytes.length));
  return { ...common, body: [bytes] };
}

/** A request has no place for them but a header. */
function refuseCredentials(method: string, { username, password, host, origin, pathname }: URL): void {
  if (username === "" && password === "") return;
  throw new HttpError(
    "invalid-request",
    { method, url: `${origin}${pathname}` },
    `its URL has a user name or password before ${host}, which are not sent. Give the header authorization`,
  );
}

function isStreamed(
  body: FetchOptions["body"],
): body is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return (
    body instanceof ReadableStream ||
    (typeof body === "object" && body !== null && Symbol.asyncIterator in body)
  );
}

function limit(lifetime: Lifetime, timeout: Duration, message: Message): void {
  const milliseconds = Math.min(Math.ceil(Number(toNanoseconds(timeout)) / 1e6), LONGEST_TIMEOUT);
  lifetime.limit(
    milliseconds,
    () =>
      new HttpError("timeout", operationOf(message), `there is no whole response after ${milliseconds} ms`),
  );
}

function operationOf({ method, url }: Message): { method: string; url: string } {
  return { method, url: url.href };
}

/** What a response says that it redirects to; `undefined` if it does not. */
function locationOf({ status, headers }: Answer): string | undefined {
  const isRedirection = [301, 302, 303, 307, 308].includes(status);
  return (isRedirection ? headers.get("location") : null) ?? undefined;
}

function targetOf(location: string, message: Message): URL {
  try {
    return new URL(location, message.url);
  } catch (cause) {
    const reason = `it is redirected to ${describeValue(location)}, which is no URL`;
    throw new HttpError("redirect", operationOf(message), reason, cause);
  }
}

function redirected(message: Message, status: number, url: URL): Message {
  const headers = new Headers(message.headers);
  if (url.origin !== message.url.origin) {
    for (const name of ["authorization", "cookie"]) headers.delete(name);
  }
  const method = message.method.toUpperCase();
  const becomesGet =
    status === 303 ? method !== "GET" && method !== "HEAD" : status < 303 && method === "POST";
  if (becomesGet) {
    for (const name of [...headers.keys()].filter((each) => each.startsWith("content-")))
      headers.delete(name);
    return { ...message, method: "GET", url, headers, body: undefined, trailers: undefined };
  }
  if (message.body !== undefined && !Array.isArray(message.body)) {
    throw new HttpError(
      "redirect",
      operationOf(message),
      `a body that is streamed cannot be sent again to ${url.href}. Send it there, or give its bytes`,
    );
  }
  return { ...message, url, headers };
}

function toResponse({ status, headers, body }: Answer, { url }: Message, first: string): FetchResponse {
  const response = new Response(body?.stream ?? null, { status, headers });
  return Object.defineProperties(response, {
    url: { value: url.href },
    redirected: { value: url.href !== first },
    trailers: { value: body?.trailers ?? Promise.resolve(undefined) },
  }) as FetchResponse;
}
