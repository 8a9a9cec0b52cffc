import { expectTypeOf } from "vitest";

import {
  epochNanoseconds,
  interval,
  isTimeoutError,
  monotonic,
  now,
  resolution,
  sleep,
  sleepUntil,
  timeout,
  type TimeoutError,
  type When,
} from "../src/clock.ts";
import {
  fetch,
  httpHandler,
  idempotencyHeaders,
  isHttpError,
  withTrailers,
  type FetchResponse,
  type HttpError,
  type HttpErrorCode,
  type IncomingHandler,
  type IncomingHttpRequest,
} from "../src/http.ts";
import { isStreamError, wait, type StreamError, type Subscribe } from "../src/io.ts";
import {
  bindUdp,
  connect,
  isSocketError,
  listen,
  lookup,
  type Datagram,
  type SocketAddress,
  type SocketError,
  type TcpConnection,
  type TcpListener,
  type TcpSettings,
  type UdpSocket,
} from "../src/sockets.ts";

declare const thrown: unknown;

// Clocks.
expectTypeOf(now()).toEqualTypeOf<Date>();
expectTypeOf(epochNanoseconds()).toEqualTypeOf<bigint>();
expectTypeOf(monotonic()).toEqualTypeOf<bigint>();
expectTypeOf(resolution()).toEqualTypeOf<{ readonly wall: bigint; readonly monotonic: bigint }>();
expectTypeOf(sleep("1 s", { signal: AbortSignal.timeout(1) })).resolves.toBeVoid();
expectTypeOf(sleepUntil).parameter(0).toEqualTypeOf<When>();
expectTypeOf(interval("1 s")).toEqualTypeOf<AsyncGenerator<number, void, undefined>>();
expectTypeOf(timeout("1 s", Promise.resolve(5))).resolves.toEqualTypeOf<number>();
expectTypeOf(timeout("1 s", async (signal) => signal.aborted)).resolves.toEqualTypeOf<boolean>();
// @ts-expect-error a number does not tell its unit
void sleep(5);
if (isTimeoutError(thrown)) expectTypeOf(thrown).toEqualTypeOf<TimeoutError>();

// HTTP.
expectTypeOf(fetch("http://localhost", { timeout: "30 s" })).resolves.toEqualTypeOf<FetchResponse>();
expectTypeOf<FetchResponse["trailers"]>().resolves.toEqualTypeOf<Headers | undefined>();
expectTypeOf(idempotencyHeaders()).toEqualTypeOf<{ "Idempotency-Key": string }>();
expectTypeOf(httpHandler(() => new Response("x"))).toEqualTypeOf<IncomingHandler>();
httpHandler(async (request) => {
  expectTypeOf(request).toEqualTypeOf<IncomingHttpRequest>();
  return withTrailers(new Response(request.body), { "x-sum": "7" });
});
// @ts-expect-error a handler answers a Response
httpHandler(() => "x");
if (isHttpError(thrown)) {
  expectTypeOf(thrown).toEqualTypeOf<HttpError>();
  expectTypeOf(thrown.code).toEqualTypeOf<HttpErrorCode>();
  expectTypeOf<"connection-refused">().toExtend<HttpErrorCode>();
}

// Sockets.
expectTypeOf(connect({ host: "localhost", port: 1 })).resolves.toEqualTypeOf<TcpConnection>();
expectTypeOf<TcpConnection["readable"]>().toEqualTypeOf<ReadableStream<Uint8Array<ArrayBuffer>>>();
expectTypeOf<TcpConnection["settings"]>().toEqualTypeOf<TcpSettings>();
expectTypeOf(listen()).resolves.toEqualTypeOf<TcpListener>();
expectTypeOf<TcpListener>().toExtend<AsyncIterable<TcpConnection> & Disposable>();
expectTypeOf(bindUdp({ port: 7 })).resolves.toEqualTypeOf<UdpSocket>();
expectTypeOf<UdpSocket>().toExtend<AsyncIterable<Datagram> & Disposable>();
expectTypeOf<Datagram["from"]>().toEqualTypeOf<SocketAddress>();
expectTypeOf(lookup("localhost")).resolves.toEqualTypeOf<string[]>();
if (isSocketError(thrown)) expectTypeOf(thrown).toEqualTypeOf<SocketError>();

// Waiting.
expectTypeOf(wait).parameter(0).toEqualTypeOf<Subscribe>();
expectTypeOf(wait).returns.resolves.toBeVoid();
if (isStreamError(thrown)) expectTypeOf(thrown).toEqualTypeOf<StreamError>();
