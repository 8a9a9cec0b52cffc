import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { answerWith, type Fault } from "./fault.ts";

/** Answers the requests to an origin. `Response.error()` ends the connection. */
export type Handler = (request: Request) => Response | Promise<Response>;

interface Observer {
  received(request: Request): void;
  /** @param error what the handler threw */
  failed(error: unknown): void;
}

/** A real HTTP server on loopback which stands for one origin. */
export class OriginServer implements AsyncDisposable {
  /** Of the next requests, one each. */
  readonly faults: Fault[] = [];
  readonly #origin: string;
  readonly #handler: Handler;
  readonly #observer: Observer;
  readonly #server: Server;
  #port = 0;

  private constructor(origin: string, handler: Handler, observer: Observer) {
    this.#origin = origin;
    this.#handler = handler;
    this.#observer = observer;
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  static async open(origin: string, handler: Handler, observer: Observer): Promise<OriginServer> {
    const server = new OriginServer(origin, handler, observer);
    await server.accept();
    server.#port = (server.#server.address() as AddressInfo).port;
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, at the same port as ever. */
  async accept(): Promise<void> {
    if (this.#server.listening) return;
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  /** Listens no more, and ends all connections. */
  async refuse(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.refuse();
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await requestOf(this.#origin, message);
      this.#observer.received(request);
      const answer = async (): Promise<Response> => this.#handler(request.clone());
      await answerWith(this.faults.shift(), answer, response);
    } catch (error) {
      // The guest has gone, crashed perhaps, before its request was there: nobody waits for an answer.
      if (message.destroyed && !message.complete) return;
      this.#observer.failed(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end("The test's handler of this request has thrown");
    }
  }
}

/** @throws TypeError for what no `Request` can be, such as a GET with a body */
async function requestOf(origin: string, message: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/" } = message;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  const body = await buffer(message);
  return new Request(new URL(url, origin), {
    method,
    headers,
    ...(body.length === 0 ? {} : { body }),
  });
}
