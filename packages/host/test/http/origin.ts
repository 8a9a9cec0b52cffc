import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A request may be given up in the middle of its body: then there is nobody to be answered. */
async function answer(handler: () => unknown, response: ServerResponse): Promise<void> {
  try {
    await handler();
  } catch {
    response.destroy();
  }
}

/** A real HTTP server on loopback that counts what it is asked. */
export class Origin implements AsyncDisposable {
  readonly #server: Server;
  readonly #counts = new Map<string, number>();

  private constructor(handlers: Readonly<Record<string, Handler>>) {
    this.#server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://origin").pathname;
      this.#counts.set(path, this.count(path) + 1);
      const handler = handlers[path];
      if (handler === undefined) response.writeHead(404).end("no such path");
      else void answer(() => handler(request, response), response);
    });
  }

  /** @param handlers by path */
  static async open(handlers: Readonly<Record<string, Handler>>): Promise<Origin> {
    const origin = new Origin(handlers);
    origin.#server.listen(0, "127.0.0.1");
    await once(origin.#server, "listening");
    return origin;
  }

  get authority(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `http://${this.authority}${path}`;
  }

  /** How often the path was asked for. */
  count(path: string): number {
    return this.#counts.get(path) ?? 0;
  }

  /** How many connections are open. */
  connections(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
    return promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}
