import type { TcpSocket } from "wasi:sockets/tcp@0.2.0";

import { toNanoseconds, type Duration } from "../duration.ts";
import { socketCall } from "./socket-error.ts";
import { LARGEST_U32, LARGEST_U8, wholeNumber } from "./whole-number.ts";

/**
 * Settings of a TCP socket. What is left out stays as the system has it.
 *
 * @example
 * ```ts
 * const options: TcpOptions = { keepAlive: true, keepAliveIdleTime: "1 min", keepAliveCount: 3 };
 * using connection = await connect({ host: "localhost", port: 6379 }, options);
 * ```
 */
export interface TcpOptions {
  readonly keepAlive?: boolean | undefined;
  /** Silence after which the first probe is sent. */
  readonly keepAliveIdleTime?: Duration | undefined;
  readonly keepAliveInterval?: Duration | undefined;
  /** Probes without an answer after which the connection is broken. */
  readonly keepAliveCount?: number | undefined;
  /** IPv4's time to live. */
  readonly hopLimit?: number | undefined;
  /** In bytes; a hint. */
  readonly receiveBufferSize?: number | undefined;
  /** In bytes; a hint. */
  readonly sendBufferSize?: number | undefined;
}

/**
 * The settings that a TCP socket has.
 *
 * @example
 * ```ts
 * using connection = await connect({ host: "localhost", port: 6379 });
 * const { keepAlive, sendBufferSize }: TcpSettings = connection.settings;
 * ```
 */
export interface TcpSettings {
  readonly keepAlive: boolean;
  /** In nanoseconds. */
  readonly keepAliveIdleTime: bigint;
  /** In nanoseconds. */
  readonly keepAliveInterval: bigint;
  readonly keepAliveCount: number;
  readonly hopLimit: number;
  readonly receiveBufferSize: number;
  readonly sendBufferSize: number;
}

/** @throws SocketError `invalid-argument`; DurationError */
export function applyTcpOptions(socket: TcpSocket, options: TcpOptions): void {
  const set = <T>(name: keyof TcpOptions, value: T | undefined, setter: (value: T) => void): void => {
    if (value !== undefined) socketCall(`set ${name}`, () => setter(value));
  };
  const number = (name: keyof TcpOptions, value: number, largest?: number): number =>
    wholeNumber(`set ${name}`, value, largest);
  set("keepAlive", options.keepAlive, (value) => socket.setKeepAliveEnabled(value));
  set("keepAliveIdleTime", options.keepAliveIdleTime, (value) =>
    socket.setKeepAliveIdleTime(toNanoseconds(value)),
  );
  set("keepAliveInterval", options.keepAliveInterval, (value) =>
    socket.setKeepAliveInterval(toNanoseconds(value)),
  );
  set("keepAliveCount", options.keepAliveCount, (value) =>
    socket.setKeepAliveCount(number("keepAliveCount", value, LARGEST_U32)),
  );
  set("hopLimit", options.hopLimit, (value) => socket.setHopLimit(number("hopLimit", value, LARGEST_U8)));
  set("receiveBufferSize", options.receiveBufferSize, (value) =>
    socket.setReceiveBufferSize(BigInt(number("receiveBufferSize", value))),
  );
  set("sendBufferSize", options.sendBufferSize, (value) =>
    socket.setSendBufferSize(BigInt(number("sendBufferSize", value))),
  );
}

/** @throws SocketError */
export function tcpSettings(socket: TcpSocket): TcpSettings {
  return socketCall("read settings", () => ({
    keepAlive: socket.keepAliveEnabled(),
    keepAliveIdleTime: socket.keepAliveIdleTime(),
    keepAliveInterval: socket.keepAliveInterval(),
    keepAliveCount: socket.keepAliveCount(),
    hopLimit: socket.hopLimit(),
    receiveBufferSize: Number(socket.receiveBufferSize()),
    sendBufferSize: Number(socket.sendBufferSize()),
  }));
}
