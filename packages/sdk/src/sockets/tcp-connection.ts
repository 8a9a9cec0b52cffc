import type { InputStream, OutputStream } from "wasi:io/streams@0.2.0";
import type { TcpSocket } from "wasi:sockets/tcp@0.2.0";

import type { Bytes } from "../bytes.ts";
import { InputSource } from "../io/input-source.ts";
import { OutputSink } from "../io/output-sink.ts";
import { streamError } from "../io/stream-error.ts";
import { toSocketAddress, type SocketAddress } from "./address.ts";
import { closedError, socketCall } from "./socket-error.ts";
import { applyTcpOptions, tcpSettings, type TcpOptions, type TcpSettings } from "./tcp-options.ts";

/**
 * A TCP connection: bytes in, bytes out. It is open until both streams have ended, or it is closed.
 *
 * Stands on `wasi:sockets/tcp`.
 *
 * @example
 * ```ts
 * using connection = await connect({ host: "localhost", port: 7 });
 * const writer = connection.writable.getWriter();
 * await writer.write(new TextEncoder().encode("hello"));
 * await writer.close();
 * const echo = await new Response(connection.readable).text();
 * ```
 */
export class TcpConnection implements Disposable {
  /** What the other side sends, to the end of its sending. Errors: StreamError. */
  readonly readable: ReadableStream<Bytes>;
  /** What is sent. Closing it ends one's own sending; the other side may go on. Errors: StreamError. */
  readonly writable: WritableStream<Uint8Array>;
  readonly #socket: TcpSocket;
  readonly #source: InputSource;
  readonly #sink: OutputSink;
  #closed = false;

  /** Made by `connect` and by listeners. */
  constructor(socket: TcpSocket, input: InputStream, output: OutputStream) {
    this.#socket = socket;
    this.#source = new InputSource({
      stream: input,
      failure: (thrown) => streamError("connection.readable", thrown),
    });
    this.#sink = new OutputSink({
      stream: output,
      finished: () => socketCall("connection.writable.close", () => socket.shutdown("send")),
      failure: (thrown) => streamError("connection.writable", thrown),
    });
    this.readable = this.#source.toStream();
    this.writable = this.#sink.toStream();
  }

  /** @throws SocketError, `closed` when the connection is */
  get localAddress(): SocketAddress {
    const socket = this.#opened("connection.localAddress");
    return toSocketAddress(socketCall("connection.localAddress", () => socket.localAddress()));
  }

  /** @throws SocketError, `closed` when the connection is */
  get remoteAddress(): SocketAddress {
    const socket = this.#opened("connection.remoteAddress");
    return toSocketAddress(socketCall("connection.remoteAddress", () => socket.remoteAddress()));
  }

  /** @throws SocketError, `closed` when the connection is */
  get settings(): TcpSettings {
    return tcpSettings(this.#opened("connection.settings"));
  }

  /** Changes settings. @throws SocketError `invalid-argument`, `closed`; DurationError */
  configure(options: TcpOptions): void {
    applyTcpOptions(this.#opened("connection.configure"), options);
  }

  /** Ends both directions at once; who reads or writes gets a SocketError `closed`. May be called several times. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#source.cancel(closedError("connection.readable"));
    this.#sink.cancel(closedError("connection.writable"));
    this.#socket[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #opened(operation: string): TcpSocket {
    if (this.#closed) throw closedError(operation);
    return this.#socket;
  }
}
