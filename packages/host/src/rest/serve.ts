import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Host } from "../ground/api/host.ts";
import { WorkerConnections } from "./connect.ts";
import type { RestOptions } from "./rest-app.ts";
import { createRestApp } from "./rest-app.ts";

export interface ServeOptions extends RestOptions {
  /** 0 takes any free port. @default 9881 */
  readonly port?: number;
  /** Address to listen at, or its name, under which the server may be addressed then. @default "127.0.0.1" */
  readonly hostname?: string;
  /** WebSockets open at a time. @default 1024 */
  readonly maxConnections?: number;
  /** How long a client may take to send a request, in milliseconds; a quarter of it for the headers. @default 240_000 */
  readonly receiveTimeout?: number;
}

export interface RunningServer extends AsyncDisposable {
  /** Where this machine reaches it: `http://127.0.0.1:9881` */
  readonly url: string;
  /** Ends every connection: idle ones at once, those with a request when it is answered or after a second. */
  close(): Promise<void>;
}

/** How long `close` waits for requests that are being served, in milliseconds. */
const GRACE = 1000;

/**
 * Serves Golem's REST interface of a host. Closing the server leaves the host open.
 *
 * @throws Error that names the address when it is in use or not available
 */
export async function serve(host: Host, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = 9881, hostname = "127.0.0.1", maxConnections = 1024, receiveTimeout = 240_000 } = options;
  const { allowedHosts = [] } = options;
  const app = createRestApp(host, { ...options, allowedHosts: [...allowedHosts, hostname] });
  const server = createAdaptorServer({
    fetch: (request, { incoming: { socket } }) =>
      app.fetch(request, { address: `${socket.remoteAddress}:${socket.remotePort}` }),
    serverOptions: {
      requestTimeout: receiveTimeout,
      headersTimeout: receiveTimeout / 4,
      connectionsCheckingInterval: Math.min(receiveTimeout / 4, 30_000),
    },
  });
  const connections = new WorkerConnections(server, host, app, maxConnections);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, hostname, port)));
    server.listen(port, hostname, resolve);
  });
  const address = server.address() as AddressInfo;
  const closed = new Promise<void>((resolve) => server.once("close", resolve));
  const close = (): Promise<void> => {
    server.close();
    connections.close();
    const grace = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), GRACE);
    return closed.finally(() => clearTimeout(grace));
  };
  return { url: `http://${reachableHost(address)}:${address.port}`, close, [Symbol.asyncDispose]: close };
}

/** Where a program on this machine reaches the server: one that listens at every address has none of its own. */
function reachableHost({ address, family }: AddressInfo): string {
  if (address === "0.0.0.0") return "127.0.0.1";
  if (address === "::") return "[::1]";
  return family === "IPv6" ? `[${address}]` : address;
}

function listenError(error: NodeJS.ErrnoException, hostname: string, port: number): Error {
  const place = `${hostname}:${port}`;
  if (error.code === "EADDRINUSE") {
    return new Error(`${place} is in use by another program: stop it, or choose another port`, {
      cause: error,
    });
  }
  return new Error(`Cannot listen at ${place}: ${error.message}`, { cause: error });
}
