import type { IpSocketAddress } from "wasi:sockets/network@0.2.0";
import type {
  IncomingDatagramStream,
  OutgoingDatagramStream,
  UdpSocket as SocketHandle,
} from "wasi:sockets/udp@0.2.0";

import { wait } from "../event-loop.ts";
import { fromSocketAddress, toSocketAddress, type SocketAddress } from "./address.ts";
import { firstAddress, type SocketOptions } from "./lookup.ts";
import { closedError, socketCall } from "./socket-error.ts";
import { untilClosed } from "./until-closed.ts";
import { LARGEST_U16, LARGEST_U8, wholeNumber } from "./whole-number.ts";

/**
 * A datagram that came in.
 *
 * @example
 * ```ts
 * const textOf = ({ data }: Datagram): string => new TextDecoder().decode(data);
 * ```
 */
export interface Datagram {
  readonly data: Uint8Array;
  readonly from: SocketAddress;
}

/**
 * Settings of a UDP socket. What is left out stays as the system has it.
 *
 * @example
 * ```ts
 * const nearby: UdpOptions = { unicastHopLimit: 1 };
 * using socket = await bindUdp({ port: 7 });
 * socket.configure(nearby);
 * ```
 */
export interface UdpOptions {
  /** IPv4's time to live. */
  readonly unicastHopLimit?: number | undefined;
  /** In bytes; a hint. */
  readonly receiveBufferSize?: number | undefined;
  /** In bytes; a hint. */
  readonly sendBufferSize?: number | undefined;
}

/** Taken at once at most; what is left waits in the system. */
const MOST_DATAGRAMS = 16n;

/**
 * A UDP port, as the datagrams that come in.
 *
 * Stands on `wasi:sockets/udp`.
 *
 * @example
 * ```ts
 * using socket = await bindUdp({ port: 7 });
 * for await (const { data, from } of socket) await socket.send(data, from);
 * ```
 */
export class UdpSocket implements Disposable, AsyncIterable<Datagram> {
  readonly #socket: SocketHandle;
  readonly #closing = new AbortController();
  readonly #received: Datagram[] = [];
  #streams: UdpStreams;

  /** Made by `bindUdp`. */
  constructor(socket: SocketHandle) {
    this.#socket = socket;
    this.#streams = new UdpStreams(socket, undefined);
  }

  /** @throws SocketError, `closed` when the socket is */
  get localAddress(): SocketAddress {
    return toSocketAddress(this.#call("socket.localAddress", (socket) => socket.localAddress()));
  }

  /** The other side, once it is connected. @throws SocketError `invalid-state` if it is not; `closed` */
  get remoteAddress(): SocketAddress {
    return toSocketAddress(this.#call("socket.remoteAddress", (socket) => socket.remoteAddress()));
  }

  /** @throws SocketError, `closed` when the socket is */
  get settings(): Required<UdpOptions> {
    return this.#call("socket.settings", (socket) => ({
      unicastHopLimit: socket.unicastHopLimit(),
      receiveBufferSize: Number(socket.receiveBufferSize()),
      sendBufferSize: Number(socket.sendBufferSize()),
    }));
  }

  /** Changes settings. @throws SocketError `invalid-argument`, `closed` */
  configure({ unicastHopLimit, receiveBufferSize, sendBufferSize }: UdpOptions): void {
    const operation = "socket.configure";
    const bytes = (value: number): bigint => BigInt(wholeNumber(operation, value));
    this.#call(operation, (socket) => {
      if (unicastHopLimit !== undefined)
        socket.setUnicastHopLimit(wholeNumber(operation, unicastHopLimit, LARGEST_U8));
      if (receiveBufferSize !== undefined) socket.setReceiveBufferSize(bytes(receiveBufferSize));
      if (sendBufferSize !== undefined) socket.setSendBufferSize(bytes(sendBufferSize));
    });
  }

  /** From now on, sends to that address unless told otherwise, and receives from there only. @throws SocketError */
  async connect({ host, port }: SocketAddress): Promise<void> {
    const ip = await firstAddress(host, this.#ending(undefined));
    const remote = fromSocketAddress(ip, wholeNumber("socket.connect", port, LARGEST_U16));
    this.#streams[Symbol.dispose]();
    this.#streams = new UdpStreams(this.#socket, remote);
  }

  /**
   * Sends one datagram; resolves when the system has taken it.
   *
   * @param to may be left out after `connect`
   * @throws SocketError; the reason of `options.signal`
   */
  async send(data: Uint8Array, to?: SocketAddress, { signal }: SocketOptions = {}): Promise<void> {
    const operation = "socket.send";
    const ending = this.#ending(signal);
    const remoteAddress =
      to &&
      fromSocketAddress(await firstAddress(to.host, ending), wholeNumber(operation, to.port, LARGEST_U16));
    while (socketCall(operation, () => this.#streams.outgoing.checkSend()) === 0n) {
      await this.#streams.change(this.#streams.outgoing, ending);
    }
    socketCall(operation, () => this.#streams.outgoing.send([{ data, remoteAddress }]));
  }

  /** Waits for a datagram. @throws SocketError, `closed` when the socket is; the reason of `options.signal` */
  async receive({ signal }: SocketOptions = {}): Promise<Datagram> {
    const ending = this.#ending(signal);
    for (;;) {
      const datagram = this.#received.shift();
      if (datagram !== undefined) return datagram;
      const streams = this.#streams;
      const found = socketCall("socket.receive", () => streams.incoming.receive(MOST_DATAGRAMS));
      this.#received.push(
        ...found.map(({ data, remoteAddress }) => ({ data, from: toSocketAddress(remoteAddress) })),
      );
      if (found.length === 0) await streams.change(streams.incoming, ending);
    }
  }

  /** Ends when the socket is closed. */
  [Symbol.asyncIterator](): AsyncGenerator<Datagram, void, undefined> {
    return untilClosed(this.#closing.signal, () => this.receive());
  }

  /** May be called several times. */
  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(closedError("socket.receive"));
    this.#streams[Symbol.dispose]();
    this.#socket[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #call<T>(operation: string, call: (socket: SocketHandle) => T): T {
    if (this.#closing.signal.aborted) throw closedError(operation);
    return socketCall(operation, () => call(this.#socket));
  }

  #ending(signal: AbortSignal | undefined): readonly AbortSignal[] {
    const ending = signal === undefined ? [this.#closing.signal] : [this.#closing.signal, signal];
    for (const each of ending) each.throwIfAborted();
    return ending;
  }
}

/** Both directions of a socket, as long as it has the same partner. */
class UdpStreams implements Disposable {
  readonly incoming: IncomingDatagramStream;
  readonly outgoing: OutgoingDatagramStream;
  readonly #replaced = new AbortController();

  constructor(socket: SocketHandle, remote: IpSocketAddress | undefined) {
    [this.incoming, this.outgoing] = socketCall("socket.connect", () => socket.stream(remote));
  }

  /** Resolves when a stream may have become ready, and when other streams take the place of these. */
  async change(
    stream: IncomingDatagramStream | OutgoingDatagramStream,
    ending: readonly AbortSignal[],
  ): Promise<void> {
    const replaced = this.#replaced.signal;
    try {
      await wait(() => stream.subscribe(), { signal: [replaced, ...ending] });
    } catch (error) {
      if (!replaced.aborted || ending.some(({ aborted }) => aborted)) throw error;
    }
  }

  [Symbol.dispose](): void {
    // What waits drops its pollable now, before the stream that it belongs to.
    this.#replaced.abort();
    this.incoming[Symbol.dispose]();
    this.outgoing[Symbol.dispose]();
  }
}
