import type { Socket } from "node:dgram";

import { Changes } from "../changes.ts";
import type { Pollable } from "../pollable.ts";
import { type Endpoint, type SocketAddress, socketAddressOf } from "./address.ts";
import { SocketError, socketError } from "./error-code.ts";

/** wasi:sockets/udp.incoming-datagram. */
interface IncomingDatagram {
  readonly data: Uint8Array;
  readonly remoteAddress: SocketAddress;
}

/** wasi:sockets/udp.outgoing-datagram. */
export interface OutgoingDatagram {
  readonly data: Uint8Array;
  readonly remoteAddress?: SocketAddress;
}

/** Bytes that may wait to be received; what comes then is lost, as in a system's own buffer. */
const INCOMING_WINDOW = 1_048_576;
/** Datagrams that may be on their way out. */
const OUTGOING_WINDOW = 16;
/** Bytes of payload. */
const LARGEST_DATAGRAM = 65_507;

/** wasi:sockets/udp.incoming-datagram-stream. */
export class IncomingDatagrams {
  readonly #remote: SocketAddress | undefined;
  readonly #changes = new Changes();
  readonly #waiting: IncomingDatagram[] = [];
  #size = 0;

  /** @param remote where datagrams must come from @default anywhere */
  constructor(remote: SocketAddress | undefined) {
    this.#remote = remote;
  }

  add(data: Uint8Array, from: Endpoint): void {
    const remoteAddress = socketAddressOf(from);
    if (this.#remote !== undefined && !isSame(this.#remote, remoteAddress)) return;
    if (this.#size + data.length > INCOMING_WINDOW) return;
    this.#waiting.push({ data: new Uint8Array(data), remoteAddress });
    this.#size += data.length;
    this.#changes.notify();
  }

  receive(most: bigint): readonly IncomingDatagram[] {
    const received = this.#waiting.splice(0, Number(most));
    for (const { data } of received) this.#size -= data.length;
    return received;
  }

  pollable(): Pollable {
    return { ready: () => this.#waiting.length > 0, change: () => this.#changes.next(), happensAgain: true };
  }
}

/** wasi:sockets/udp.outgoing-datagram-stream. */
export class OutgoingDatagrams {
  readonly #socket: Socket;
  readonly #reach: (address: SocketAddress) => Endpoint;
  readonly #remote: SocketAddress | undefined;
  readonly #changes = new Changes();
  #failure: SocketError | undefined;
  #open = true;
  #underway = 0;

  /**
   * @param reach the endpoint of an address, if it may be reached
   * @param remote where all of them go @default where each says
   */
  constructor(
    socket: Socket,
    reach: (address: SocketAddress) => Endpoint,
    remote: SocketAddress | undefined,
  ) {
    this.#socket = socket;
    this.#reach = reach;
    this.#remote = remote;
  }

  /** How many may be sent now. @throws SocketError why one that was sent before was not */
  get room(): number {
    if (!this.#open) throw new SocketError("invalid-state");
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
    return OUTGOING_WINDOW - this.#underway;
  }

  /** How many were sent: all before the first that cannot be. @throws SocketError why the first cannot be */
  send(datagrams: readonly OutgoingDatagram[]): bigint {
    if (datagrams.length > this.room)
      throw new Error(
        `wasi:sockets/udp: ${datagrams.length} datagrams were sent where check-send allows ${this.room}`,
      );
    let sent = 0n;
    try {
      for (const datagram of datagrams) {
        this.#send(datagram);
        sent += 1n;
      }
    } catch (error) {
      if (sent === 0n || !(error instanceof SocketError)) throw error;
    }
    return sent;
  }

  pollable(): Pollable {
    const ready = (): boolean =>
      !this.#open || this.#failure !== undefined || this.#underway < OUTGOING_WINDOW;
    return { ready, change: () => this.#changes.next(), happensAgain: true };
  }

  /** Nothing can be sent any more. */
  close(): void {
    this.#open = false;
    this.#changes.notify();
  }

  #send({ data, remoteAddress }: OutgoingDatagram): void {
    const fixed = this.#remote;
    const destination = remoteAddress ?? fixed;
    if (destination === undefined || (fixed !== undefined && !isSame(fixed, destination)))
      throw new SocketError("invalid-argument");
    const { address, port } = this.#reach(destination);
    if (data.length > LARGEST_DATAGRAM) throw new SocketError("datagram-too-large");
    this.#underway += 1;
    this.#socket.send(data.slice(), port, address, (error) => {
      this.#underway -= 1;
      if (error !== null) this.#failure ??= socketError(error);
      this.#changes.notify();
    });
  }
}

function isSame(one: SocketAddress, other: SocketAddress): boolean {
  return (
    one.val.port === other.val.port &&
    one.val.address.every((part, index) => part === other.val.address[index])
  );
}
