import { instanceNetwork } from "wasi:sockets/instance-network@0.2.0";
import { createTcpSocket } from "wasi:sockets/tcp-create-socket@0.2.0";
import type { TcpSocket } from "wasi:sockets/tcp@0.2.0";

import { familyOf, fromSocketAddress, type SocketAddress } from "./address.ts";
import { firstAddress, type SocketOptions } from "./lookup.ts";
import { settled, socketCall } from "./socket-error.ts";
import { TcpConnection } from "./tcp-connection.ts";
import { TcpListener } from "./tcp-listener.ts";
import { applyTcpOptions, type TcpOptions } from "./tcp-options.ts";
import { LARGEST_U16, wholeNumber } from "./whole-number.ts";

/**
 * How a connection is made.
 *
 * @example
 * ```ts
 * const options: ConnectOptions = { keepAlive: true, signal: AbortSignal.timeout(5_000) };
 * using connection = await connect({ host: "localhost", port: 6379 }, options);
 * ```
 */
export interface ConnectOptions extends TcpOptions, SocketOptions {}

/**
 * How a port is listened on.
 *
 * @example
 * ```ts
 * const options: ListenOptions = { backlog: 16 };
 * using listener = await listen({ port: 8080 }, options);
 * ```
 */
export interface ListenOptions extends TcpOptions {
  /** Connections that may wait to be accepted; a hint. */
  readonly backlog?: number | undefined;
}

/**
 * Connects to a TCP server. Sockets are not durable: what happened on them happens again when the worker is replayed.
 * Use `http` for what must be remembered. Golem 1.2 denies sockets: `access-denied`.
 *
 * Stands on `wasi:sockets/tcp.start-connect`; the world imports `wasi:sockets/instance-network@0.2.0`,
 * `wasi:sockets/ip-name-lookup@0.2.0`, `wasi:sockets/tcp-create-socket@0.2.0`, `wasi:sockets/tcp@0.2.0`,
 * `wasi:io/poll@0.2.0` and `wasi:io/streams@0.2.0`.
 *
 * @param address.host a name, or an address
 * @throws SocketError; the reason of `options.signal`
 * @example
 * ```ts
 * using connection = await connect({ host: "localhost", port: 6379 }, { signal: AbortSignal.timeout(5_000) });
 * ```
 */
export async function connect(
  { host, port }: SocketAddress,
  { signal, ...options }: ConnectOptions = {},
): Promise<TcpConnection> {
  const operation = `connect ${host}:${port}`;
  const ip = await firstAddress(host, signal);
  const socket = socketCall(operation, () => createTcpSocket(familyOf(ip)));
  return unlessItFails(socket, async () => {
    const remote = fromSocketAddress(ip, wholeNumber(operation, port, LARGEST_U16));
    applyTcpOptions(socket, options);
    using network = instanceNetwork();
    socketCall(operation, () => socket.startConnect(network, remote));
    const [input, output] = await settled(operation, () => socket.finishConnect(), {
      subscribe: () => socket.subscribe(),
      signal,
    });
    return new TcpConnection(socket, input, output);
  });
}

/**
 * Listens on a TCP port.
 *
 * Stands on `wasi:sockets/tcp.start-bind` and `start-listen`; the imports are those of {@link connect}.
 *
 * @param address.host @default "127.0.0.1"
 * @param address.port @default 0, one that the system chooses
 * @throws SocketError
 * @example
 * ```ts
 * using listener = await listen({ port: 8080 });
 * for await (const connection of listener) void serve(connection);
 * ```
 */
export async function listen(
  { host = "127.0.0.1", port = 0 }: Partial<SocketAddress> = {},
  { backlog, ...options }: ListenOptions = {},
): Promise<TcpListener> {
  const operation = `listen ${host}:${port}`;
  const ip = await firstAddress(host, undefined);
  const socket = socketCall(operation, () => createTcpSocket(familyOf(ip)));
  const subscribe = () => socket.subscribe();
  return unlessItFails(socket, async () => {
    const local = fromSocketAddress(ip, wholeNumber(operation, port, LARGEST_U16));
    applyTcpOptions(socket, options);
    if (backlog !== undefined) {
      const size = BigInt(wholeNumber("set backlog", backlog));
      socketCall("set backlog", () => socket.setListenBacklogSize(size));
    }
    using network = instanceNetwork();
    socketCall(operation, () => socket.startBind(network, local));
    await settled(operation, () => socket.finishBind(), { subscribe });
    socketCall(operation, () => socket.startListen());
    await settled(operation, () => socket.finishListen(), { subscribe });
    return new TcpListener(socket);
  });
}

async function unlessItFails<T>(socket: TcpSocket, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    socket[Symbol.dispose]();
    throw error;
  }
}
