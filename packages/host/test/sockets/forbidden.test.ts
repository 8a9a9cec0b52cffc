import { createSocket } from "node:dgram";
import { once } from "node:events";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { Hosted } from "../hosted.ts";
import { EchoServer } from "./echo-server.ts";
import { loopback, SocketGuest } from "./socket-guest.ts";

const ANYWHERE = { tag: "ipv4", val: { port: 0, address: [0, 0, 0, 0] } } as const;

const DENIED = "failed: access-denied";

describe("a guest that may not reach this machine", () => {
  let guest: SocketGuest;

  beforeEach(() => {
    guest = new SocketGuest(["public", "private"]);
  });

  afterEach(() => guest[Symbol.dispose]());

  test("cannot connect to it", async () => {
    expect(await guest.finish("tcp", guest.tcp(), "connect", loopback(80))).toBe(DENIED);
  });

  test("cannot offer a service on it, at whichever address", async () => {
    expect(await guest.finish("tcp", guest.tcp(), "bind", loopback(0))).toBe(DENIED);
    const fixed = { tag: "ipv4", val: { port: 8080, address: [0, 0, 0, 0] } } as const;
    expect(await guest.finish("tcp", guest.tcp(), "bind", fixed)).toBe(DENIED);
    const socket = guest.tcp();
    await guest.finish("tcp", socket, "bind", ANYWHERE);
    expect(await guest.finish("tcp", socket, "listen")).toBe(DENIED);
  });

  test("cannot send datagrams to it, and hears none from it", async () => {
    const socket = guest.udp();
    await guest.finish("udp", socket, "bind", ANYWHERE);
    expect(guest.call("[method]udp-socket.stream", socket, loopback(53))).toBe(DENIED);
    const [incoming, outgoing] = guest.call("[method]udp-socket.stream", socket) as object[];
    guest.call("[method]outgoing-datagram-stream.check-send", outgoing);
    const datagram = { data: new Uint8Array(1), remoteAddress: loopback(53) };
    expect(guest.call("[method]outgoing-datagram-stream.send", outgoing, [datagram])).toBe(DENIED);

    const { val } = guest.call("[method]udp-socket.local-address", socket) as ReturnType<typeof loopback>;
    const sender = createSocket("udp4");
    sender.send("hello", val.port, "127.0.0.1");
    await once(sender, "listening");
    // What is sent to a socket of this process is there when a later datagram to the sender itself is.
    const heard = once(sender, "message");
    sender.send("itself", sender.address().port, "127.0.0.1");
    await heard;
    sender.close();
    expect(guest.call("[method]incoming-datagram-stream.receive", incoming, 10n)).toEqual([]);
  });
});

describe("a program that may not reach this machine", () => {
  let hosted: Hosted;
  let server: EchoServer;

  beforeAll(async () => {
    hosted = await Hosted.open(["talker"], { allow: ["public"] });
    server = await EchoServer.open();
  }, 60_000);

  afterAll(async () => {
    await hosted[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  test("is told so by the interface's own error", async () => {
    expect(await hosted.worker("w", "talker").call("echo", server.port, "hello")).toEqual({
      tag: "err",
      val: "access-denied",
    });
  });
});
