import { expectTypeOf } from "vitest";

import { configuration, identity, type WorkerIdentity } from "../src/env.ts";
import type { HttpError } from "../src/http.ts";
import {
  fetch,
  httpHandler,
  type FetchOptions,
  type HttpHandler,
  type HttpHandlerOptions,
  type HttpTimeouts,
  type IncomingHttpRequest,
  type Trailers,
} from "../src/http.ts";
import type { StreamError } from "../src/io.ts";
import {
  pipe,
  readableStream,
  skip,
  writableStream,
  type Bytes,
  type StreamErrorCode,
  type WaitOptions,
} from "../src/io.ts";
import type { StandardOutput } from "../src/logging.ts";
import {
  logger,
  stderr,
  type Level,
  type LogFields,
  type LogFunction,
  type Logger,
  type LoggerOptions,
} from "../src/logging.ts";
import {
  getRandomValues,
  insecureRandomBytes,
  insecureRandomU64,
  randomUUID,
  type IntegerArray,
} from "../src/random.ts";
import type { WitValueError } from "../src/remote.ts";
import {
  extractType,
  extractValue,
  isUuid,
  isWitValueError,
  remoteFunction,
  uuidToText,
  wit,
  type AnyWitType,
  type RemoteFunction,
  type Uuid,
  type ValueAndType,
  type ValueOf,
  type WitType,
  type WitValue,
} from "../src/remote.ts";
import { schedule, toDatetime, type CancellationToken, type Datetime, type When } from "../src/rpc.ts";
import type { StandardSchema } from "../src/standard-schema.ts";
import { snapshots, type SnapshotAccess, type Snapshots } from "../src/snapshot.ts";
import type { SocketError, UdpSocket } from "../src/sockets.ts";
import {
  connect,
  listen,
  type ConnectOptions,
  type ListenOptions,
  type SocketErrorCode,
  type SocketOptions,
  type TcpConnection,
  type TcpOptions,
  type UdpOptions,
} from "../src/sockets.ts";
import type { Duration } from "../src/duration.ts";
import type { InputStream, OutputStream } from "wasi:io/streams@0.2.0";

// Environment.
declare const settings: StandardSchema<unknown, { readonly RETRIES: number }>;
expectTypeOf(configuration(settings)).toEqualTypeOf<Promise<{ readonly RETRIES: number }>>();

expectTypeOf(identity).toEqualTypeOf<() => WorkerIdentity>();
expectTypeOf<WorkerIdentity>().toEqualTypeOf<{
  readonly workerName: string;
  readonly componentId: string;
  readonly componentVersion: bigint;
}>();

// HTTP.
expectTypeOf(fetch).parameters.toEqualTypeOf<
  [input: string | URL | Request, options?: FetchOptions | undefined]
>();
expectTypeOf<FetchOptions>().toExtend<HttpTimeouts>();
expectTypeOf<FetchOptions["timeout"]>().toEqualTypeOf<Duration | undefined>();
expectTypeOf<FetchOptions["redirect"]>().toEqualTypeOf<"follow" | "error" | "manual" | undefined>();
expectTypeOf<HttpTimeouts["connectTimeout"]>().toEqualTypeOf<Duration | undefined>();
expectTypeOf<Trailers>().toEqualTypeOf<HeadersInit | (() => HeadersInit | Promise<HeadersInit>)>();
expectTypeOf(httpHandler).parameters.toEqualTypeOf<
  [handler: HttpHandler, options?: HttpHandlerOptions | undefined]
>();
expectTypeOf<HttpHandler>().toEqualTypeOf<(request: IncomingHttpRequest) => Response | Promise<Response>>();
expectTypeOf<NonNullable<HttpHandlerOptions["onError"]>>().parameters.toEqualTypeOf<[unknown, Request]>();
expectTypeOf<HttpError>().toExtend<Error>();

// Streams.
expectTypeOf(readableStream).toEqualTypeOf<(stream: InputStream) => ReadableStream<Bytes>>();
expectTypeOf(writableStream).toEqualTypeOf<(stream: OutputStream) => WritableStream<Uint8Array>>();
expectTypeOf(pipe).toEqualTypeOf<
  (from: InputStream, to: OutputStream, options?: WaitOptions) => Promise<number>
>();
expectTypeOf(skip).toEqualTypeOf<
  (stream: InputStream, bytes: number, options?: WaitOptions) => Promise<number>
>();
expectTypeOf<StreamError["code"]>().toEqualTypeOf<StreamErrorCode>();
expectTypeOf<StreamErrorCode>().toEqualTypeOf<"stream-closed" | "stream-failed">();

// Logs.
expectTypeOf(logger).parameters.toEqualTypeOf<
  [context?: string | undefined, options?: LoggerOptions | undefined]
>();
expectTypeOf<LoggerOptions>().toEqualTypeOf<{ readonly level?: Level; readonly fields?: LogFields }>();
expectTypeOf<Level>().toEqualTypeOf<"trace" | "debug" | "info" | "warn" | "error" | "critical">();
expectTypeOf<LogFunction>().toEqualTypeOf<(message: string, fields?: LogFields) => void>();
expectTypeOf<Logger["critical"]>().toEqualTypeOf<LogFunction>();
expectTypeOf<Logger["child"]>().toEqualTypeOf<(context: string, fields?: LogFields) => Logger>();
expectTypeOf<{ n: number; at: Date; big: bigint }>().toExtend<LogFields>();
expectTypeOf(stderr).toEqualTypeOf<StandardOutput>();
expectTypeOf<Pick<StandardOutput, "write" | "writable">>().toEqualTypeOf<{
  write: (content: string | Uint8Array) => Promise<void>;
  writable: () => WritableStream<string | Uint8Array>;
}>();

// Randomness.
expectTypeOf(randomUUID).returns.toEqualTypeOf<`${string}-${string}-${string}-${string}-${string}`>();
expectTypeOf(insecureRandomBytes).toEqualTypeOf<(length: number) => Bytes>();
expectTypeOf(insecureRandomU64).toEqualTypeOf<() => bigint>();
expectTypeOf(getRandomValues<Uint16Array>).toEqualTypeOf<(view: Uint16Array) => Uint16Array>();
expectTypeOf<Uint8Array | BigInt64Array>().toExtend<IntegerArray>();
expectTypeOf<Float64Array>().not.toExtend<IntegerArray>();

// Values and functions by name.
const add = remoteFunction("a:b/c.{add}", { params: [wit.u64], result: wit.string });
expectTypeOf(add).toEqualTypeOf<RemoteFunction<readonly [WitType<bigint>], WitType<string>>>();
expectTypeOf<WitType<Date>>().toExtend<AnyWitType>();
expectTypeOf<ValueOf<WitType<Date>>>().toEqualTypeOf<Date>();
expectTypeOf(isWitValueError).guards.toEqualTypeOf<WitValueError>();
expectTypeOf<WitValueError["path"]>().toEqualTypeOf<string>();
expectTypeOf(extractValue).toEqualTypeOf<(typed: ValueAndType) => WitValue>();
expectTypeOf(extractType).parameters.toEqualTypeOf<[ValueAndType]>();
expectTypeOf(isUuid).toEqualTypeOf<(text: string) => boolean>();
expectTypeOf(uuidToText).toEqualTypeOf<(uuid: Uuid) => string>();

// Scheduling.
expectTypeOf(toDatetime).toEqualTypeOf<(when: When) => Datetime>();
expectTypeOf<Datetime>().toEqualTypeOf<{ readonly seconds: bigint; readonly nanoseconds: number }>();
expectTypeOf(schedule).parameter(1).toEqualTypeOf<(at: Datetime) => CancellationToken>();
expectTypeOf<CancellationToken>().toEqualTypeOf<{ cancel(): void }>();

// Snapshots.
declare const dates: StandardSchema<string, Date>;
expectTypeOf(snapshots({ save: () => [1], load: () => undefined })).toEqualTypeOf<Snapshots>();
snapshots({
  schema: dates,
  save: () => "2026-01-01",
  load(date) {
    expectTypeOf(date).toEqualTypeOf<Date>();
  },
});
// @ts-expect-error the schema takes text
snapshots({ schema: dates, save: () => 5, load: () => undefined });
expectTypeOf<SnapshotAccess<Date, string>>().toEqualTypeOf<{
  readonly save: () => string | Promise<string>;
  readonly load: (state: Date) => void | Promise<void>;
}>();
expectTypeOf<Snapshots["saveSnapshot"]["save"]>().toEqualTypeOf<() => Promise<Uint8Array>>();
expectTypeOf<Snapshots["loadSnapshot"]["load"]>().toEqualTypeOf<(bytes: Uint8Array) => Promise<void>>();

// Sockets.
expectTypeOf(connect).parameter(1).toEqualTypeOf<ConnectOptions | undefined>();
expectTypeOf<ConnectOptions>().toExtend<TcpOptions & SocketOptions>();
expectTypeOf<SocketOptions["signal"]>().toEqualTypeOf<AbortSignal | undefined>();
expectTypeOf(listen).parameter(1).toEqualTypeOf<ListenOptions | undefined>();
expectTypeOf<ListenOptions["backlog"]>().toEqualTypeOf<number | undefined>();
expectTypeOf<TcpOptions["keepAliveInterval"]>().toEqualTypeOf<Duration | undefined>();
expectTypeOf<TcpConnection["configure"]>().toEqualTypeOf<(options: TcpOptions) => void>();
expectTypeOf<UdpSocket["settings"]>().toEqualTypeOf<Required<UdpOptions>>();
expectTypeOf<UdpSocket["send"]>().returns.resolves.toBeVoid();
expectTypeOf<SocketError["code"]>().toEqualTypeOf<SocketErrorCode>();
expectTypeOf<"connection-refused" | "closed">().toExtend<SocketErrorCode>();
