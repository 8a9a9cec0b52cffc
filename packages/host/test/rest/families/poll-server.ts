import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished } from "vitest";

/** A server on this machine that answers every request with the same text, until told another one. For one test. */
export class PollServer {
  /** What is answered. */
  answer = "initial";
  requests = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((_, response) => {
      this.requests += 1;
      response.end(this.answer);
    });
    onTestFinished(() => this.stop());
  }

  static async open(): Promise<PollServer> {
    const server = new PollServer();
    await server.start(0);
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async start(port: number): Promise<void> {
    await new Promise<void>((listening) => {
      this.#server.listen(port, "localhost", listening);
    });
  }

  /** Refuses connections from now on, and ends those that there are. */
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Waits for further requests. */
  async asked(times = 1): Promise<void> {
    const wanted = this.requests + times;
    await expect.poll(() => this.requests, { interval: 10 }).toBeGreaterThanOrEqual(wanted);
  }
}
