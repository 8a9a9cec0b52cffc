import { direct, type DirectFunction, type HostInterface } from "../../host-interface.ts";
import { noteAnswer } from "../note-answer.ts";
import type { Family, SocketAddress } from "./address.ts";
import { SocketError, socketResult } from "./error-code.ts";
import { TcpSocket } from "./tcp-socket.ts";
import type { AskingPort, WaitPort, NetworkPort } from "../../ports.ts";

type Ports = WaitPort & AskingPort & NetworkPort;

/** Hops, of every system that Node runs on; Node cannot change it for TCP. */
const HOP_LIMIT = 64;

/** A method whose WIT result says why it failed. */
function method(run: (socket: TcpSocket, ...args: never[]) => unknown): DirectFunction<Ports> {
  return direct((_, socket: TcpSocket, ...args: never[]) => socketResult(() => run(socket, ...args)));
}

/** A method that says `would-block` as long as what it is to take is not there. */
function asking(run: (socket: TcpSocket) => unknown): DirectFunction<Ports> {
  return direct((context, socket: TcpSocket) => {
    const found = socketResult(() => run(socket));
    noteAnswer(context, socket, found.val === "would-block" ? "missing" : "taken");
    return found;
  });
}

export const tcpCreateSocket: HostInterface<Ports> = {
  name: "wasi:sockets/tcp-create-socket",
  functions: {
    "create-tcp-socket": direct((context: Ports, family: Family) => ({
      tag: "ok",
      val: new TcpSocket(family, context.network, context.ended),
    })),
  },
};

export const tcp: HostInterface<Ports> = {
  name: "wasi:sockets/tcp",
  functions: {
    "[method]tcp-socket.start-bind": method((socket, _: object, address: SocketAddress) =>
      socket.startBind(address),
    ),
    "[method]tcp-socket.finish-bind": asking((socket) => socket.finishBind()),
    "[method]tcp-socket.start-connect": method((socket, _: object, address: SocketAddress) =>
      socket.startConnect(address),
    ),
    "[method]tcp-socket.finish-connect": asking((socket) => socket.finishConnect()),
    "[method]tcp-socket.start-listen": method((socket) => socket.startListen()),
    "[method]tcp-socket.finish-listen": asking((socket) => socket.finishListen()),
    "[method]tcp-socket.accept": asking((socket) => socket.accept()),
    "[method]tcp-socket.local-address": method((socket) => socket.localAddress),
    "[method]tcp-socket.remote-address": method((socket) => socket.remoteAddress),
    "[method]tcp-socket.is-listening": direct((_, socket: TcpSocket) => socket.isListening),
    "[method]tcp-socket.address-family": direct((_, socket: TcpSocket) => socket.family),
    "[method]tcp-socket.set-listen-backlog-size": method((socket, value: bigint) => {
      socket.backlog = value;
    }),
    "[method]tcp-socket.keep-alive-enabled": method((socket) => socket.options.keepAlive.enabled),
    "[method]tcp-socket.set-keep-alive-enabled": method((socket, enabled: boolean) =>
      socket.changeKeepAlive({ enabled }),
    ),
    "[method]tcp-socket.keep-alive-idle-time": method((socket) => socket.options.keepAlive.idleTime),
    "[method]tcp-socket.set-keep-alive-idle-time": method((socket, idleTime: bigint) =>
      socket.changeKeepAlive({ idleTime }),
    ),
    "[method]tcp-socket.keep-alive-interval": method((socket) => socket.options.keepAlive.interval),
    "[method]tcp-socket.set-keep-alive-interval": method((socket, interval: bigint) =>
      socket.changeKeepAlive({ interval }),
    ),
    "[method]tcp-socket.keep-alive-count": method((socket) => socket.options.keepAlive.count),
    "[method]tcp-socket.set-keep-alive-count": method((socket, count: number) =>
      socket.changeKeepAlive({ count }),
    ),
    "[method]tcp-socket.hop-limit": method(() => HOP_LIMIT),
    "[method]tcp-socket.set-hop-limit": method((_, value: number) => {
      if (value !== HOP_LIMIT) throw new SocketError(value === 0 ? "invalid-argument" : "not-supported");
    }),
    "[method]tcp-socket.receive-buffer-size": method((socket) => socket.options.receiveBuffer),
    "[method]tcp-socket.set-receive-buffer-size": method((socket, value: bigint) => {
      socket.options.receiveBuffer = value;
    }),
    "[method]tcp-socket.send-buffer-size": method((socket) => socket.options.sendBuffer),
    "[method]tcp-socket.set-send-buffer-size": method((socket, value: bigint) => {
      socket.options.sendBuffer = value;
    }),
    "[method]tcp-socket.subscribe": direct((_, socket: TcpSocket) => socket.pollable()),
    "[method]tcp-socket.shutdown": method((socket, type: "receive" | "send" | "both") =>
      socket.shutdown(type),
    ),
    "[resource-drop]tcp-socket": direct((_, socket: TcpSocket) => socket.drop()),
  },
};
