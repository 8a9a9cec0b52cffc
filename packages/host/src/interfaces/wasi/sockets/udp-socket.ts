import { createSocket, type Socket } from "node:dgram";

import type { NetworkPolicy } from "../../../ground/network/network-policy.ts";
import { Changes } from "../changes.ts";
import type { Pollable } from "../pollable.ts";
import {
  type Endpoint,
  type Family,
  localEndpoint,
  remoteEndpoint,
  type SocketAddress,
  socketAddressOf,
} from "./address.ts";
import { IncomingDatagrams, OutgoingDatagrams } from "./datagrams.ts";
import { SocketError, socketError } from "./error-code.ts";

type State = "unbound" | "bind-started" | "bound" | "closed";

type DatagramStreams = readonly [IncomingDatagrams, OutgoingDatagrams];

/** Hops. */
const DEFAULT_HOP_LIMIT = 64;
/** Bytes. */
const DEFAULT_BUFFER = 212_992;

/** wasi:sockets/udp.udp-socket. */
export class UdpSocket {
  readonly family: Family;
  readonly #policy: NetworkPolicy;
  readonly #socket: Socket;
  readonly #changes = new Changes();
  #state: State = "unbound";
  #outcome: "done" | SocketError | undefined;
  #remote: SocketAddress | undefined;
  #streams: DatagramStreams | undefined;
  #hopLimit: number | undefined;
  #receiveBuffer: number | undefined;
  #sendBuffer: number | undefined;

  /** @param ended closes it */
  constructor(family: Family, policy: NetworkPolicy, ended: AbortSignal) {
    this.family = family;
    this.#policy = policy;
    this.#socket = createSocket({
      type: family === "ipv4" ? "udp4" : "udp6",
      ipv6Only: family === "ipv6",
      signal: ended,
      // Only addresses come here, no names.
      lookup: (address, _, done) => done(null, address, family === "ipv4" ? 4 : 6),
    })
      .unref()
      .on("listening", () => this.#settle("done"))
      .on("error", (error) => this.#settle(socketError(error)))
      .on("message", (data, from) => {
        if (policy.permitsSocket(from.address, from.port)) this.#streams?.[0].add(data, from);
      })
      .on("close", () => {
        this.#state = "closed";
      });
  }

  startBind(address: SocketAddress): void {
    if (this.#state === "bind-started") throw new SocketError("concurrency-conflict");
    if (this.#state !== "unbound") throw new SocketError("invalid-state");
    const endpoint = localEndpoint(address, this.family, this.#policy);
    this.#state = "bind-started";
    this.#outcome = undefined;
    this.#socket.bind({ ...endpoint, exclusive: true });
  }

  finishBind(): void {
    if (this.#state !== "bind-started") throw new SocketError("not-in-progress");
    if (this.#outcome === undefined) throw new SocketError("would-block");
    if (this.#outcome !== "done") {
      this.#state = "unbound";
      throw this.#outcome;
    }
    this.#state = "bound";
    this.#applyOptions();
  }

  /** Ends the streams of an earlier call. @param remote the only one to exchange datagrams with @default any */
  stream(remote: SocketAddress | undefined): DatagramStreams {
    this.#assertBound();
    const reach = (address: SocketAddress): Endpoint => remoteEndpoint(address, this.family, this.#policy);
    if (remote !== undefined) reach(remote);
    this.#endStreams();
    this.#remote = remote;
    this.#streams = [new IncomingDatagrams(remote), new OutgoingDatagrams(this.#socket, reach, remote)];
    return this.#streams;
  }

  get localAddress(): SocketAddress {
    this.#assertBound();
    return socketAddressOf(this.#socket.address());
  }

  get remoteAddress(): SocketAddress {
    if (this.#remote === undefined) throw new SocketError("invalid-state");
    return this.#remote;
  }

  get hopLimit(): number {
    return this.#hopLimit ?? DEFAULT_HOP_LIMIT;
  }

  set hopLimit(value: number) {
    if (value === 0) throw new SocketError("invalid-argument");
    this.#hopLimit = value;
    this.#applyOptions();
  }

  /** Bytes, as the guest asked for them; a system may round them. */
  get receiveBuffer(): bigint {
    return BigInt(this.#receiveBuffer ?? DEFAULT_BUFFER);
  }

  set receiveBuffer(value: bigint) {
    this.#receiveBuffer = bufferSize(value);
    this.#applyOptions();
  }

  /** Like `receiveBuffer`. */
  get sendBuffer(): bigint {
    return BigInt(this.#sendBuffer ?? DEFAULT_BUFFER);
  }

  set sendBuffer(value: bigint) {
    this.#sendBuffer = bufferSize(value);
    this.#applyOptions();
  }

  /** Ready when `finish-bind` says more than `would-block`. */
  pollable(): Pollable {
    const ready = (): boolean => this.#state !== "bind-started" || this.#outcome !== undefined;
    return { ready, change: () => this.#changes.next(), happensAgain: true };
  }

  /** The guest dropped it. */
  drop(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#endStreams();
    this.#socket.close();
  }

  #assertBound(): void {
    if (this.#state !== "bound") throw new SocketError("invalid-state");
  }

  #endStreams(): void {
    this.#streams?.[1].close();
    this.#streams = undefined;
    this.#remote = undefined;
  }

  /** Node can set them from binding on. */
  #applyOptions(): void {
    if (this.#state !== "bound") return;
    if (this.#hopLimit !== undefined) this.#socket.setTTL(this.#hopLimit);
    if (this.#receiveBuffer !== undefined) this.#socket.setRecvBufferSize(this.#receiveBuffer);
    if (this.#sendBuffer !== undefined) this.#socket.setSendBufferSize(this.#sendBuffer);
  }

  #settle(outcome: "done" | SocketError): void {
    this.#outcome ??= outcome;
    this.#changes.notify();
  }
}

function bufferSize(value: bigint): number {
  if (value === 0n) throw new SocketError("invalid-argument");
  return Math.min(Number(value), 2 ** 30);
}
