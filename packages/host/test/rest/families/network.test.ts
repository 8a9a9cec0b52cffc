import { createSocket } from "node:dgram";
import { once } from "node:events";

import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { EchoServer } from "../../sockets/echo-server.ts";
import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const host = new RestHost({ allow: ["local"] });
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("it:durable", await foreignComponent("rust-durable"));
});

const fn = (name: string): string => `it:durable/network.{${name}}`;

describe("a socket", () => {
  test("of TCP sends and receives, and is opened again in a replay, for it is not durable", async () => {
    await using server = await EchoServer.open();
    const worker = rust.worker("tcp");
    expect(await worker.call(fn("tcp-echo"), server.port, "hello")).toEqual({ ok: "hello" });
    await worker.crash();
    expect(await worker.call(fn("tcp-echo"), server.port, "again")).toEqual({ ok: "again" });
    expect(server.accepted).toBe(3);
  });

  test("of UDP sends and receives datagrams", async () => {
    const server = createSocket("udp4");
    onTestFinished(() => void server.close());
    server.on("message", (message, { port, address }) => server.send(message, port, address));
    server.bind(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address();
    expect(await rust.worker("udp").call(fn("udp-echo"), port, "hello")).toEqual({ ok: "hello" });
  });
});
