import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { Hosted, story } from "../hosted.ts";
import { EchoServer, unusedPort } from "./echo-server.ts";

let hosted: Hosted;
let server: EchoServer;

beforeAll(async () => {
  hosted = await Hosted.open(["talker"]);
}, 60_000);

afterAll(() => hosted[Symbol.asyncDispose]());

beforeEach(async () => {
  server = await EchoServer.open();
});

afterEach(() => server[Symbol.asyncDispose]());

const talker = () => hosted.worker(crypto.randomUUID(), "talker");

const ok = (val: unknown) => ({ tag: "ok", val });
const err = (val: unknown) => ({ tag: "err", val });

const RESOLVE = "sockets::ip_name_lookup::resolve_addresses";

test("a program talks over a TCP connection that it opens", async () => {
  expect(await talker().call("echo", server.port, "hello")).toEqual(ok("hello"));
});

test("more than any buffer goes through a connection", async () => {
  const message = "x".repeat(1_000_000);
  expect(await talker().call("echo", server.port, message)).toEqual(ok(message));
});

test("a program accepts TCP connections", async () => {
  const worker = talker();
  const port = Number(await worker.call("listen"));
  const greeted = worker.call("greet");
  const client = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  client.end("world");
  expect(await text(client)).toBe("hello world");
  expect(await greeted).toBe("world");
});

test("a refused connection has its error code", async () => {
  expect(await talker().call("echo", await unusedPort(), "hello")).toEqual(err("connection-refused"));
});

test("a program exchanges datagrams", async () => {
  const peer = createSocket("udp4").on("message", (data, from) => peer.send(`${String(data)}!`, from.port));
  peer.bind(0, "127.0.0.1");
  await once(peer, "listening");
  expect(await talker().call("ping", peer.address().port, "hello")).toEqual(ok("hello!"));
  peer.close();
});

test("a name is looked up once, also when the worker is replayed", async () => {
  const worker = talker();
  const found = await worker.callWithKey("k", "lookup", "localhost");
  expect(found).toMatchObject({
    tag: "ok",
    val: expect.arrayContaining([expect.stringMatching(/^127\.|:1$/)]),
  });
  await worker.crash();
  await worker.call("lookup", "127.0.0.1");
  const entries = await worker.oplog();
  const lookups = entries.filter(({ entry }) => entry["functionName"] === RESOLVE);
  expect(lookups.map(({ entry }) => entry)).toMatchObject([
    { request: { value: "localhost" }, wrappedFunctionType: { type: "ReadRemote" } },
    { request: { value: "127.0.0.1" } },
  ]);
});

test("a name that nobody has is an error that is recorded", async () => {
  const worker = talker();
  expect(await worker.call("lookup", "no-such-host.invalid")).toMatchObject({ tag: "err" });
  expect(story(await worker.oplog())).toContain(`ImportedFunctionInvoked ${RESOLVE}`);
});

test("a replay connects again and comes to where it was", async () => {
  const worker = talker();
  await worker.call("echo", server.port, "first");
  await worker.crash();
  expect(await worker.call("echo", server.port, "second")).toEqual(ok("second"));
  expect(server.accepted).toBe(3);
});

test("connections end with their instance", async () => {
  const worker = talker();
  expect(await worker.call("begin", server.port, "hello")).toEqual(ok("hello"));
  expect(server.connections).toBe(1);
  await hosted.host.workers.delete(worker.id);
  await vi.waitFor(() => expect(server.connections).toBe(0), { interval: 20, timeout: 5_000 });
});
