import { direct, type DirectFunction, type HostInterface } from "../../host-interface.ts";
import { noteAnswer } from "../note-answer.ts";
import type { Family, SocketAddress } from "./address.ts";
import type { IncomingDatagrams, OutgoingDatagram, OutgoingDatagrams } from "./datagrams.ts";
import { socketResult } from "./error-code.ts";
import { UdpSocket } from "./udp-socket.ts";
import type { AskingPort, WaitPort, NetworkPort } from "../../ports.ts";

type Ports = WaitPort & AskingPort & NetworkPort;

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
    "[method]udp-socket.finish-bind": direct((context, socket: UdpSocket) => {
      const bound = socketResult(() => socket.finishBind());
      noteAnswer(context, socket, bound.tag === "err" && bound.val === "would-block" ? "missing" : "taken");
      return bound;
    }),
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
    "[method]incoming-datagram-stream.receive": direct((context, stream: IncomingDatagrams, most: bigint) => {
      const received = stream.receive(most);
      noteAnswer(context, stream, received.length > 0 ? "taken" : "missing");
      return { tag: "ok", val: received };
    }),
    "[method]incoming-datagram-stream.subscribe": direct((_, stream: IncomingDatagrams) => stream.pollable()),
    "[method]outgoing-datagram-stream.check-send": direct((context, stream: OutgoingDatagrams) => {
      const room = socketResult(() => BigInt(stream.room));
      noteAnswer(context, stream, room.tag === "ok" && room.val === 0n ? "missing" : "seen");
      return room;
    }),
    "[method]outgoing-datagram-stream.send": direct(
      (context, stream: OutgoingDatagrams, datagrams: readonly OutgoingDatagram[]) => {
        context.there();
        return socketResult(() => stream.send(datagrams));
      },
    ),
    "[method]outgoing-datagram-stream.subscribe": direct((_, stream: OutgoingDatagrams) => stream.pollable()),
  },
};
