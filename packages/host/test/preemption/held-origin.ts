import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { World } from "./world.ts";

/** What a server does with a request before and after it is let go on. */
export interface Halves {
  readonly before?: (response: ServerResponse) => void;
  readonly after: (response: ServerResponse) => void;
  /** What the guest gets. */
  readonly got: string;
}

const SUM = "x-sum";

/** The response as a whole is held back. */
export const RESPONSE: Halves = { after: (response) => response.end(), got: "200" };

/** The last of two bytes is held back. */
export const BODY: Halves = {
  before: (response) => response.writeHead(200, { "content-length": "2" }).write("o"),
  after: (response) => response.end("k"),
  got: "ok",
};

/** What comes behind the body is held back. */
export const TRAILERS: Halves = {
  before: (response) => response.writeHead(200, { trailer: SUM }).write("o"),
  after: (response) => {
    response.addTrailers({ [SUM]: "7" });
    response.end();
  },
  got: "7",
};

/** The request's body is not read, and then all of it. */
export const UPLOAD: Halves = {
  after: (response) => {
    response.req.on("end", () => response.end()).resume();
  },
  got: "200",
};

/** A real HTTP server on loopback that stops in the middle of what it does until it is released. */
export async function heldOrigin({ before, after, got }: Halves): Promise<World> {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const server = createServer((_, response) => {
    before?.(response);
    asked.resolve();
    void released.promise.then(() => after(response));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: asked.promise,
    release: () => released.resolve(),
    got,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
