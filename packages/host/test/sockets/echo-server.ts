import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** A real TCP server on loopback that sends back what it gets and counts its connections. */
export class EchoServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #accepted = 0;

  private constructor() {
    this.#server = createServer((socket) => {
      this.#accepted += 1;
      this.#sockets.add(socket.on("close", () => this.#sockets.delete(socket)).on("error", () => undefined));
      socket.pipe(socket);
    });
  }

  static async open(): Promise<EchoServer> {
    const server = new EchoServer();
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many have connected so far. */
  get accepted(): number {
    return this.#accepted;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A port that nobody listens at. */
export async function unusedPort(): Promise<number> {
  const server = await EchoServer.open();
  const { port } = server;
  await server[Symbol.asyncDispose]();
  return port;
}
