import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

import type { World } from "./world.ts";

/** What a TCP server does with a connection before and after it is let go on. */
export interface SocketHalves {
  readonly before?: (socket: Socket) => void;
  readonly after: (socket: Socket) => void;
  /** What the guest gets. */
  readonly got: string;
}

/** The last of two bytes is held back. */
export const BYTES: SocketHalves = {
  before: (socket) => socket.write("o"),
  after: (socket) => socket.end("k"),
  got: "ok",
};

/** What the guest sends is not read, and then all of it. */
export const SINK: SocketHalves = {
  after: (socket) => {
    let size = 0;
    socket
      .on("data", (chunk) => {
        size += chunk.length;
      })
      .on("end", () => socket.end(String(size)));
  },
  got: String(16 * 2 ** 20),
};

/** A real TCP server on loopback that stops in the middle of what it does until it is released. */
export async function heldServer({ before, after, got }: SocketHalves): Promise<World> {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    sockets.add(socket.on("error", () => undefined));
    before?.(socket);
    asked.resolve();
    void released.promise.then(() => {
      after(socket);
      socket.resume();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    target: String((server.address() as AddressInfo).port),
    asked: asked.promise,
    release: () => released.resolve(),
    got,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
