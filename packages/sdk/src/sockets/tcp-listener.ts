import type { TcpSocket } from "wasi:sockets/tcp@0.2.0";

import { toSocketAddress, type SocketAddress } from "./address.ts";
import type { SocketOptions } from "./lookup.ts";
import { closedError, settled, socketCall } from "./socket-error.ts";
import { TcpConnection } from "./tcp-connection.ts";
import { untilClosed } from "./until-closed.ts";

/**
 * A TCP port that is listened on, as the connections that come in.
 *
 * Stands on `wasi:sockets/tcp.accept`.
 *
 * @example
 * ```ts
 * using listener = await listen();
 * using connection = await listener.accept();
 * ```
 */
export class TcpListener implements Disposable, AsyncIterable<TcpConnection> {
  readonly #socket: TcpSocket;
  readonly #closing = new AbortController();

  /** Made by `listen`. */
  constructor(socket: TcpSocket) {
    this.#socket = socket;
  }

  /** @throws SocketError, `closed` when the listener is */
  get address(): SocketAddress {
    if (this.#closing.signal.aborted) throw closedError("listener.address");
    return toSocketAddress(socketCall("listener.address", () => this.#socket.localAddress()));
  }

  /** Waits for the next connection. @throws SocketError, `closed` when the listener is; the reason of `options.signal` */
  async accept({ signal }: SocketOptions = {}): Promise<TcpConnection> {
    const closing = this.#closing.signal;
    closing.throwIfAborted();
    const accepted = await settled("listener.accept", () => this.#socket.accept(), {
      subscribe: () => this.#socket.subscribe(),
      signal: signal === undefined ? closing : [closing, signal],
    });
    return new TcpConnection(...accepted);
  }

  /** Ends when the listener is closed. */
  [Symbol.asyncIterator](): AsyncGenerator<TcpConnection, void, undefined> {
    return untilClosed(this.#closing.signal, () => this.accept());
  }

  /** Connections that were accepted stay open. May be called several times. */
  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(closedError("listener.accept"));
    this.#socket[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
