import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

type Route = (request: IncomingMessage, response: ServerResponse, argument: string) => unknown;

/** A request may be given up in the middle of its body: then there is nobody to be answered. */
async function answer(route: () => unknown, response: ServerResponse): Promise<void> {
  try {
    await route();
  } catch {
    response.destroy();
  }
}

/** What the components of the tests talk to: real HTTP and TCP on loopback, and gates that answers can wait for. */
export class Origin implements AsyncDisposable {
  readonly #http: Server;
  readonly #tcp: TcpServer;
  #ports: readonly number[] = [];
  readonly #gates = new Map<string, PromiseWithResolvers<void>>();
  /** The `Idempotency-Key` of each request to `/key`. */
  readonly keys: unknown[] = [];

  private constructor() {
    const routes = this.#routes();
    this.#http = createServer((request, response) => {
      const [, name = "", argument = ""] = new URL(request.url ?? "/", "http://origin").pathname.split("/");
      const route = routes[name];
      if (route === undefined) response.writeHead(404).end("no such path");
      else void answer(() => route(request, response, argument), response);
    });
    this.#tcp = createTcpServer({ allowHalfOpen: true }, (socket) => {
      socket.on("error", () => socket.destroy());
      let heard = "";
      socket.setEncoding("utf8").on("data", (text) => (heard += String(text)));
      socket.on("end", () => {
        const [, gate] = /^wait (.*)$/.exec(heard) ?? [];
        const opened = gate === undefined ? Promise.resolve() : this.#gate(gate).promise;
        void opened.then(() => socket.end("answer"));
      });
    });
  }

  static async open(): Promise<Origin> {
    const origin = new Origin();
    for (const server of [origin.#http, origin.#tcp]) {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    }
    origin.#ports = [origin.#http, origin.#tcp].map((server) => (server.address() as AddressInfo).port);
    return origin;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports[0]}`;
  }

  get tcpPort(): string {
    return String(this.#ports[1]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.closeAllConnections();
    await Promise.all([this.#http, this.#tcp].map((server) => new Promise((done) => server.close(done))));
  }

  #gate(name: string): PromiseWithResolvers<void> {
    const gate = this.#gates.get(name) ?? Promise.withResolvers<void>();
    this.#gates.set(name, gate);
    return gate;
  }

  #routes(): Readonly<Record<string, Route>> {
    return {
      now: (_, response) => response.setHeader("x-server", "origin").end("now"),
      wait: async (_, response, gate) => {
        await this.#gate(gate).promise;
        response.end("opened");
      },
      open: (_, response, gate) => {
        this.#gate(gate).resolve();
        response.end();
      },
      slow: async (_, response, milliseconds) => {
        await delay(Number(milliseconds));
        response.end("slow");
      },
      never: () => undefined,
      half: (_, response) => response.write("half"),
      cut: (_, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("not all", () => response.destroy());
      },
      large: (_, response) => response.end(Buffer.alloc(3_000_000, "x")),
      back: (request, response) => request.pipe(response),
      echo: async (request, response) => {
        const { method, url, headers } = request;
        const text = await textOf(request);
        const { "content-type": type = null, "content-length": length = null } = headers;
        response.end(JSON.stringify({ method, url, type, length, text }));
      },
      trailers: async (request, response) => {
        const text = await textOf(request);
        response.writeHead(200, { trailer: "x-seen" });
        response.write(text);
        response.addTrailers({ "x-seen": String(request.trailers["x-sent"]) });
        response.end();
      },
      redirect: async (request, response, status) => {
        await textOf(request);
        response.writeHead(Number(status), { location: "/echo" }).end("moved");
      },
      astray: (_, response) => response.writeHead(302, { location: "http://[astray" }).end("moved"),
      around: (_, response) => response.writeHead(302, { location: "/around" }).end(),
      key: (request, response) => {
        this.keys.push(request.headers["idempotency-key"]);
        response.end(String(request.headers["idempotency-key"]));
      },
    };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}
