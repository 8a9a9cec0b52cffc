import { instanceNetwork } from "wasi:sockets/instance-network@0.2.0";
import { createUdpSocket } from "wasi:sockets/udp-create-socket@0.2.0";

import { familyOf, fromSocketAddress, type SocketAddress } from "./address.ts";
import { firstAddress } from "./lookup.ts";
import { settled, socketCall } from "./socket-error.ts";
import { UdpSocket } from "./udp-socket.ts";
import { LARGEST_U16, wholeNumber } from "./whole-number.ts";

/**
 * Opens a UDP port, to send and to receive.
 *
 * Stands on `wasi:sockets/udp.start-bind`; the world imports `wasi:sockets/instance-network@0.2.0`,
 * `wasi:sockets/ip-name-lookup@0.2.0`, `wasi:sockets/udp-create-socket@0.2.0`, `wasi:sockets/udp@0.2.0` and
 * `wasi:io/poll@0.2.0`.
 *
 * @param address.host @default "127.0.0.1"
 * @param address.port @default 0, one that the system chooses
 * @throws SocketError
 * @example
 * ```ts
 * using socket = await bindUdp();
 * await socket.send(new TextEncoder().encode("ping"), { host: "127.0.0.1", port: 7 });
 * const { data, from } = await socket.receive();
 * ```
 */
export async function bindUdp({
  host = "127.0.0.1",
  port = 0,
}: Partial<SocketAddress> = {}): Promise<UdpSocket> {
  const operation = `bindUdp ${host}:${port}`;
  const ip = await firstAddress(host, undefined);
  const socket = socketCall(operation, () => createUdpSocket(familyOf(ip)));
  try {
    const local = fromSocketAddress(ip, wholeNumber(operation, port, LARGEST_U16));
    using network = instanceNetwork();
    socketCall(operation, () => socket.startBind(network, local));
    await settled(operation, () => socket.finishBind(), { subscribe: () => socket.subscribe() });
    return new UdpSocket(socket);
  } catch (error) {
    socket[Symbol.dispose]();
    throw error;
  }
}
