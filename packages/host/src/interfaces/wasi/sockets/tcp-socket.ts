import { connect, Server, type Socket } from "node:net";

import type { NetworkPolicy } from "../../../ground/network/network-policy.ts";
import { Changes } from "../changes.ts";
import type { Pollable } from "../pollable.ts";
import type { InputStream, OutputStream } from "../streams.ts";
import {
  assertPermitted,
  type Endpoint,
  type Family,
  localEndpoint,
  remoteEndpoint,
  type SocketAddress,
  socketAddressOf,
} from "./address.ts";
import { Connection } from "./connection.ts";
import { SocketError, socketError } from "./error-code.ts";
import { type KeepAlive, TcpOptions } from "./tcp-options.ts";

type State =
  | "unbound"
  | "bind-started"
  | "bound"
  | "connect-started"
  | "connected"
  | "listen-started"
  | "listening"
  | "closed";

/** How what a `start-` has begun went; `undefined` until that is known. */
type Outcome = "done" | SocketError | undefined;

type Accepted = readonly [TcpSocket, InputStream, OutputStream];

/** Connections that may wait to be accepted, unless the guest says otherwise. */
const DEFAULT_BACKLOG = 128;

/** wasi:sockets/tcp.tcp-socket. */
export class TcpSocket {
  readonly family: Family;
  readonly options: TcpOptions;
  readonly #policy: NetworkPolicy;
  readonly #ended: AbortSignal;
  readonly #changes = new Changes();
  #state: State = "unbound";
  #outcome: Outcome;
  /** Holds the address from binding on: Node knows no socket that is bound and does nothing. */
  #server: Server | undefined;
  #local: Endpoint | undefined;
  #remote: Endpoint | undefined;
  #connection: Connection | undefined;
  /** Node accepts at once; these wait for the guest to do so. */
  readonly #waiting: TcpSocket[] = [];
  #backlog = DEFAULT_BACKLOG;

  /** @param ended closes it */
  constructor(family: Family, policy: NetworkPolicy, ended: AbortSignal, options = new TcpOptions()) {
    this.family = family;
    this.#policy = policy;
    this.options = options;
    this.#ended = ended;
  }

  startBind(address: SocketAddress): void {
    this.#assertCanStart("unbound");
    const { address: host, port } = localEndpoint(address, this.family, this.#policy);
    this.#begin("bind-started");
    const server = new Server({ allowHalfOpen: true, pauseOnConnect: true });
    this.#server = server;
    server
      .on("listening", () => this.#settle("done"))
      .on("error", (error) => this.#settle(socketError(error)))
      .on("connection", (socket) => this.#receive(socket))
      .listen({ host, port, ipv6Only: true, exclusive: true, signal: this.#ended })
      .unref();
  }

  finishBind(): void {
    this.#finish("bind-started", "unbound");
    this.#local = endpointOf(this.#server?.address());
    this.#state = "bound";
  }

  startConnect(address: SocketAddress): void {
    this.#assertCanStart("unbound", "bound");
    const { address: host, port } = remoteEndpoint(address, this.family, this.#policy);
    this.#begin("connect-started");
    const local = this.#local;
    this.#server?.close();
    const socket = connect({
      host,
      port,
      allowHalfOpen: true,
      ...(local === undefined ? {} : { localAddress: local.address, localPort: local.port }),
    });
    const connection = new Connection(socket, this.#ended);
    socket
      .once("connect", () => {
        this.#establish(socket, connection);
        this.#settle("done");
      })
      .once("error", (error) => this.#settle(socketError(error)));
    this.#connection = connection;
  }

  finishConnect(): readonly [InputStream, OutputStream] {
    this.#finish("connect-started", "closed");
    this.#state = "connected";
    return this.#streams();
  }

  startListen(): void {
    this.#assertCanStart("bound");
    if (this.#local !== undefined) assertPermitted(this.#local, this.#policy);
    this.#begin("listen-started");
    this.#outcome = "done";
  }

  finishListen(): void {
    this.#finish("listen-started", "bound");
    this.#state = "listening";
  }

  accept(): Accepted {
    this.#assert("listening");
    const accepted = this.#waiting.shift();
    if (accepted === undefined) throw new SocketError("would-block");
    return [accepted, ...accepted.#streams()];
  }

  get localAddress(): SocketAddress {
    if (this.#local === undefined) throw new SocketError("invalid-state");
    return socketAddressOf(this.#local);
  }

  get remoteAddress(): SocketAddress {
    this.#assert("connected");
    if (this.#remote === undefined) throw new SocketError("invalid-state");
    return socketAddressOf(this.#remote);
  }

  get isListening(): boolean {
    return this.#state === "listening";
  }

  set backlog(value: bigint) {
    if (value === 0n) throw new SocketError("invalid-argument");
    if (this.#connection !== undefined) throw new SocketError("invalid-state");
    this.#backlog = Number(value);
  }

  changeKeepAlive(change: Partial<KeepAlive>): void {
    this.options.keepAlive = { ...this.options.keepAlive, ...change };
    this.#connection?.setKeepAlive(this.options.keepAlive);
  }

  /** Ready when the pending `finish-` or `accept` says more than `would-block`. */
  pollable(): Pollable {
    return { ready: () => this.#isReady, change: () => this.#changes.next(), happensAgain: true };
  }

  shutdown(type: "receive" | "send" | "both"): void {
    this.#assert("connected");
    if (type !== "send") this.#connection?.stopReceiving();
    if (type !== "receive") this.#connection?.stopSending();
  }

  /** The guest dropped it. A connection lasts as long as its streams. */
  drop(): void {
    const isConnected = this.#state === "connected";
    this.#state = "closed";
    this.#server?.close();
    for (const each of this.#waiting) each.#connection?.reject();
    if (isConnected) this.#connection?.drop();
    else this.#connection?.reject();
  }

  get #isReady(): boolean {
    if (this.#state === "listening") return this.#waiting.length > 0;
    return !this.#state.endsWith("-started") || this.#outcome !== undefined;
  }

  #streams(): readonly [InputStream, OutputStream] {
    if (this.#connection === undefined) throw new SocketError("invalid-state");
    return [this.#connection.input(), this.#connection.output()];
  }

  #assert(expected: State): void {
    if (this.#state !== expected) throw new SocketError("invalid-state");
  }

  #assertCanStart(...from: readonly State[]): void {
    if (this.#state.endsWith("-started")) throw new SocketError("concurrency-conflict");
    if (!from.includes(this.#state)) throw new SocketError("invalid-state");
  }

  #begin(state: State): void {
    this.#state = state;
    this.#outcome = undefined;
  }

  #settle(outcome: "done" | SocketError): void {
    this.#outcome ??= outcome;
    this.#changes.notify();
  }

  /** @throws SocketError `not-in-progress`, `would-block`, or why it failed */
  #finish(started: State, failed: State): void {
    if (this.#state !== started) throw new SocketError("not-in-progress");
    if (this.#outcome === undefined) throw new SocketError("would-block");
    if (this.#outcome === "done") return;
    this.#state = failed;
    throw this.#outcome;
  }

  /** Somebody has connected. Before the guest listens and beyond its backlog, they are turned away. */
  #receive(socket: Socket): void {
    const listens = this.#state === "listen-started" || this.#state === "listening";
    const connection = new Connection(socket, this.#ended);
    if (!listens || this.#waiting.length >= this.#backlog) {
      connection.reject();
      return;
    }
    const accepted = new TcpSocket(this.family, this.#policy, this.#ended, this.options.copy());
    accepted.#state = "connected";
    accepted.#establish(socket, connection);
    this.#waiting.push(accepted);
    this.#changes.notify();
  }

  #establish(socket: Socket, connection: Connection): void {
    this.#connection = connection;
    this.#local = endpointOf(socket.address());
    this.#remote = endpointOf({ address: socket.remoteAddress, port: socket.remotePort });
    if (this.options.keepAlive.enabled) connection.setKeepAlive(this.options.keepAlive);
  }
}

/** `undefined` if the socket is gone already. */
function endpointOf(found: unknown): Endpoint | undefined {
  if (typeof found !== "object" || found === null || !("address" in found) || !("port" in found))
    return undefined;
  const { address, port } = found;
  return typeof address === "string" && typeof port === "number" ? { address, port } : undefined;
}
