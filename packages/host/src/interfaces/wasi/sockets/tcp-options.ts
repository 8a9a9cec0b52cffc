import { SocketError } from "./error-code.ts";

/** When a connection that is silent is tested. */
export interface KeepAlive {
  readonly enabled: boolean;
  /** Nanoseconds. */
  readonly idleTime: bigint;
  /** Nanoseconds. */
  readonly interval: bigint;
  readonly count: number;
}

/** What a guest sets of a TCP socket; what it accepts has the same. */
export class TcpOptions {
  #keepAlive: KeepAlive = {
    enabled: false,
    idleTime: 7_200_000_000_000n,
    interval: 75_000_000_000n,
    count: 9,
  };
  #receiveBuffer = 65_536n;
  #sendBuffer = 65_536n;

  get keepAlive(): KeepAlive {
    return this.#keepAlive;
  }

  set keepAlive(value: KeepAlive) {
    if (value.idleTime === 0n || value.interval === 0n || value.count === 0)
      throw new SocketError("invalid-argument");
    this.#keepAlive = value;
  }

  /** Bytes; a hint that Node does not take, so it is only kept. */
  get receiveBuffer(): bigint {
    return this.#receiveBuffer;
  }

  set receiveBuffer(value: bigint) {
    if (value === 0n) throw new SocketError("invalid-argument");
    this.#receiveBuffer = value;
  }

  /** Like `receiveBuffer`. */
  get sendBuffer(): bigint {
    return this.#sendBuffer;
  }

  set sendBuffer(value: bigint) {
    if (value === 0n) throw new SocketError("invalid-argument");
    this.#sendBuffer = value;
  }

  copy(): TcpOptions {
    const copy = new TcpOptions();
    copy.#keepAlive = this.#keepAlive;
    copy.#receiveBuffer = this.#receiveBuffer;
    copy.#sendBuffer = this.#sendBuffer;
    return copy;
  }
}
