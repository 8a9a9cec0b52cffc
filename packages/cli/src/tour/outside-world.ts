import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";

/** Small real servers on 127.0.0.1, on ports that the system chooses: whom the tour's workers talk to. */
export interface OutsideWorld extends AsyncDisposable {
  /** `127.0.0.1:40123` of an HTTP server that answers every request with 201, its method, path and body. */
  readonly httpAuthority: string;
  /** Of a TCP server that sends back what it gets. */
  readonly tcpPort: number;
  /** Of a UDP server that sends back what it gets, with an exclamation mark. */
  readonly udpPort: number;
}

const LOOPBACK = "127.0.0.1";

export async function openOutsideWorld(): Promise<OutsideWorld> {
  await using resources = new AsyncDisposableStack();

  const http = createHttpServer((request, response) => {
    void text(request).then((body) =>
      response.writeHead(201).end(`${request.method} ${request.url}: ${body}`),
    );
  });
  resources.defer(async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  http.listen(0, LOOPBACK);
  await once(http, "listening");

  const connections = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    connections.add(socket.on("close", () => connections.delete(socket)));
    // A worker that crashes resets its connection.
    socket.on("error", () => socket.destroy()).pipe(socket);
  });
  resources.defer(async () => {
    for (const socket of connections) socket.destroy();
    await new Promise((resolve) => tcp.close(resolve));
  });
  tcp.listen(0, LOOPBACK);
  await once(tcp, "listening");

  const udp = createSocket("udp4");
  udp.on("message", (message, { port, address }) => udp.send(`${message.toString()}!`, port, address));
  resources.defer(() => new Promise<void>((resolve) => udp.close(() => resolve())));
  udp.bind(0, LOOPBACK);
  await once(udp, "listening");

  const kept = resources.move();
  return {
    httpAuthority: `${LOOPBACK}:${(http.address() as AddressInfo).port}`,
    tcpPort: (tcp.address() as AddressInfo).port,
    udpPort: udp.address().port,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
