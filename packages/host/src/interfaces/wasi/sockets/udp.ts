import { direct, type DirectFunction, type HostInterface } from "../../host-interface.ts";
import type { Family, SocketAddress } from "./address.ts";
import type { IncomingDatagrams, OutgoingDatagram, OutgoingDatagrams } from "./datagrams.ts";
import { socketResult } from "./error-code.ts";
import { UdpSocket } from "./udp-socket.ts";
import type { WaitPort, NetworkPort } from "../../ports.ts";

type Ports = WaitPort & NetworkPort;

/** A method whose WIT result says why it failed. */
function method(run: (socket: UdpSocket, ...args: never[]) => unknown): DirectFunction<Ports> {
  return direct((_, socket: UdpSocket, ...args: never[]) => socketResult(() => run(socket, ...args)));
}

export const udpCreateSocket: HostInterface<Ports> = {
  name: "wasi:sockets/udp-create-socket",
  functions: {
    "create-udp-socket": direct((context: Ports, family: Family) => ({
      tag: "ok",
      val: new UdpSocket(family, context.network, context.ended),
    })),
  },
};

export const udp: HostInterface<Ports> = {
  name: "wasi:sockets/udp",
  functions: {
    "[method]udp-socket.start-bind": method((socket, _: object, address: SocketAddress) =>
      socket.startBind(address),
    ),
    "[method]udp-socket.finish-bind": method((socket) => socket.finishBind()),
    "[method]udp-socket.stream": method((socket, remote: SocketAddress | undefined) => socket.stream(remote)),
    "[method]udp-socket.local-address": method((socket) => socket.localAddress),
    "[method]udp-socket.remote-address": method((socket) => socket.remoteAddress),
    "[method]udp-socket.address-family": direct((_, socket: UdpSocket) => socket.family),
    "[method]udp-socket.unicast-hop-limit": method((socket) => socket.hopLimit),
    "[method]udp-socket.set-unicast-hop-limit": method((socket, value: number) => {
      socket.hopLimit = value;
    }),
    "[method]udp-socket.receive-buffer-size": method((socket) => socket.receiveBuffer),
    "[method]udp-socket.set-receive-buffer-size": method((socket, value: bigint) => {
      socket.receiveBuffer = value;
    }),
    "[method]udp-socket.send-buffer-size": method((socket) => socket.sendBuffer),
    "[method]udp-socket.set-send-buffer-size": method((socket, value: bigint) => {
      socket.sendBuffer = value;
    }),
    "[method]udp-socket.subscribe": direct((_, socket: UdpSocket) => socket.pollable()),
    "[resource-drop]udp-socket": direct((_, socket: UdpSocket) => socket.drop()),
    "[method]incoming-datagram-stream.receive": direct((_, stream: IncomingDatagrams, most: bigint) =>
      socketResult(() => stream.receive(most)),
    ),
    "[method]incoming-datagram-stream.subscribe": direct((_, stream: IncomingDatagrams) => stream.pollable()),
    "[method]outgoing-datagram-stream.check-send": direct((_, stream: OutgoingDatagrams) =>
      socketResult(() => BigInt(stream.room)),
    ),
    "[method]outgoing-datagram-stream.send": direct(
      (_, stream: OutgoingDatagrams, datagrams: readonly OutgoingDatagram[]) =>
        socketResult(() => stream.send(datagrams)),
    ),
    "[method]outgoing-datagram-stream.subscribe": direct((_, stream: OutgoingDatagrams) => stream.pollable()),
  },
};
