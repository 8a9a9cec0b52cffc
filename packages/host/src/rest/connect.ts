import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Host } from "../ground/api/host.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import { json } from "./answer.ts";
import type { RestApp } from "./rest-app.ts";

/** How often a connection is tested, in milliseconds. */
const PING_INTERVAL = 30_000;

/** How long the answer to a test may take, in milliseconds. */
const PONG_TIMEOUT = 15_000;

/** Bytes that may wait for a slow listener before it is given up. */
const MOST_BUFFERED = 16 * 1024 * 1024;

/** Bytes of a message from a listener, who has nothing to say. */
const MOST_RECEIVED = 64 * 1024;

/** What is needed of a HTTP server. */
interface UpgradingServer {
  on(event: "upgrade", listener: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): unknown;
}

/** Upgrades connections to WebSockets, which tell what happens in a worker. */
export class WorkerConnections {
  readonly #host: Host;
  readonly #app: RestApp;
  readonly #most: number;
  /** Connections that are being accepted. */
  #arriving = 0;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_RECEIVED });

  /** @param most how many may be open at a time */
  constructor(server: UpgradingServer, host: Host, app: RestApp, most: number) {
    this.#most = most;
    this.#host = host;
    this.#app = app;
    server.on("upgrade", (request, socket, head) => {
      socket.on("error", () => socket.destroy());
      this.#arriving += 1;
      this.#upgrade(request, socket, head)
        .catch(() => socket.destroy())
        .finally(() => (this.#arriving -= 1));
    });
  }

  /** Ends every connection. */
  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /** The routes decide whether the upgrade is accepted, as for every request. */
  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const open = this.#sockets.clients.size + this.#arriving - 1;
    if (open >= this.#most) {
      const error = `${open} connections are open, the most that are accepted: try again later`;
      return refuse(socket, json({ error }, 503));
    }
    const url = new URL(request.url ?? "/", "http://localhost");
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const answer = await this.#app.fetch(new Request(url, { headers }));
    if (answer.status !== 204) return refuse(socket, answer);
    const [, , , componentId = "", , workerName = ""] = url.pathname.split("/").map(decodeURIComponent);
    this.#sockets.handleUpgrade(request, socket, head, (connection) => {
      this.#serve(connection, { componentId: componentId.toLowerCase(), workerName });
    });
  }

  #serve(connection: WebSocket, worker: WorkerId): void {
    const ended = new AbortController();
    const stopPings = keepAlive(connection);
    connection.on("close", () => {
      stopPings();
      ended.abort();
    });
    connection.on("error", () => connection.terminate());
    const send = (event: unknown): void => {
      if (connection.bufferedAmount > MOST_BUFFERED) connection.terminate();
      else connection.send(JSON.stringify(event));
    };
    this.#host.workers.follow(worker, send, ended.signal).then(
      () => connection.close(),
      () => connection.terminate(),
    );
  }
}

/** Gives up a connection whose other side does not answer any more. */
function keepAlive(connection: WebSocket): () => void {
  let timeout: NodeJS.Timeout | undefined;
  const interval = setInterval(() => {
    connection.ping();
    timeout = setTimeout(() => connection.terminate(), PONG_TIMEOUT);
  }, PING_INTERVAL);
  connection.on("pong", () => clearTimeout(timeout));
  return () => {
    clearInterval(interval);
    clearTimeout(timeout);
  };
}

async function refuse(socket: Duplex, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  const head = [
    `HTTP/1.1 ${answer.status} ${answer.statusText || "Refused"}`,
    `content-type: ${answer.headers.get("content-type") ?? "text/plain"}`,
    `content-length: ${body.length}`,
    "connection: close",
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
}
