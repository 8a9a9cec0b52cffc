import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";

import { createHost, type Host, serve, type ServeOptions } from "../../src/index.ts";
import { campaignSize } from "../campaign-size.ts";
import { mailerComponent } from "./component-client.ts";

const MOST_CONNECTIONS = 4;
const CASES = campaignSize(200, 10_000);

let host: Host;
let path: string;

beforeAll(async () => {
  host = await createHost({ shards: 1 });
  const { versionedComponentId } = await host.components.create("a:b", { wasm: await mailerComponent() });
  const { componentId } = versionedComponentId;
  await host.workers.create(componentId, { name: "w" });
  path = `/v1/components/${componentId}/workers/w/connect`;
});

afterAll(() => host.close());

/** A server for one test. */
async function served(options: ServeOptions = {}): Promise<string> {
  const server = await serve(host, { port: 0, maxConnections: MOST_CONNECTIONS, ...options });
  onTestFinished(() => server.close());
  return server.url;
}

/** A connection of a client that keeps to no protocol. */
async function rawConnection(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connectTcp(Number(port), hostname);
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

async function upgraded(url: string): Promise<Socket> {
  const socket = await rawConnection(url);
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
      "sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  );
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 101 /);
  return socket;
}

/** Resolves when the server has ended the connection. */
async function ended(socket: Socket): Promise<void> {
  socket.resume();
  // A reset is an error, and an end as well.
  if (!socket.closed) await new Promise<void>((resolve) => socket.once("close", () => resolve()));
}

/** All that arrives before the server ends the connection. */
async function received(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => void chunks.push(chunk));
  await ended(socket);
  return Buffer.concat(chunks).toString();
}

/** Sockets of this process, which has both ends of every connection. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
}

/** A frame as clients send it: masked, though by zeros. */
function masked(head: readonly number[], payload: Iterable<number> = []): Uint8Array {
  return Uint8Array.from([...head, 0, 0, 0, 0, ...payload]);
}

function unmasked(opcode: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.from([0x80 | opcode, payload.length, ...payload]);
}

const badOpcode = fc.constantFrom(3, 4, 5, 6, 7, 11, 12, 13, 14, 15);
const control = fc.constantFrom(8, 9, 10);
const badCloseCode = fc.constantFrom(0, 999, 1004, 1005, 1006, 1015, 5000);

/** Frames after which a server must not go on. */
const invalidFrame = fc.oneof(
  fc.tuple(badOpcode, fc.boolean()).map(([opcode, final]) => masked([(final ? 0x80 : 0) | opcode, 0x80])),
  fc.integer({ min: 1, max: 7 }).map((reserved) => masked([0x81 | (reserved << 4), 0x80])),
  fc
    .tuple(fc.constantFrom(1, 2, 8, 9, 10), fc.uint8Array({ maxLength: 125 }))
    .map(([opcode, payload]) => unmasked(opcode, payload)),
  // A control frame that is too long, and one that is not final.
  control.map((opcode) => masked([0x80 | opcode, 0xfe, 0, 200])),
  control.map((opcode) => masked([opcode, 0x80])),
  // The end of a message that did not begin, and a message in the middle of another.
  fc.constant(masked([0x80, 0x80])),
  fc.constant(masked([0x01, 0x80], masked([0x81, 0x80]))),
  // More bytes than can be counted, and more than are accepted.
  fc.constant(masked([0x82, 0xff, 1, 0, 0, 0, 0, 0, 0, 0])),
  fc.constant(masked([0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 1])),
  // No UTF-8.
  fc.constant(masked([0x81, 0x82], [0xc3, 0x28])),
  badCloseCode.map((code) => masked([0x88, 0x82], [code >> 8, code & 0xff])),
);

/** What a client may send and then stop: a part of a frame, a message without its end, anything. */
const unfinished = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((length) => masked([0x82, 0xfe, 0x10, 0]).slice(0, length)),
  fc.constant(masked([0x02, 0x81], [1])),
  fc.constant(masked([0x82, 0xfe, 0xff, 0xff], [1, 2, 3])),
  fc.uint8Array({ maxLength: 200 }),
);

test(
  "WebSocket frames that nobody may send end their connection, and take nothing from others",
  { timeout: 60_000 + CASES * 50 },
  async () => {
    const url = await served();
    const before = openSockets();
    const leave = fc.constantFrom("destroy", "reset", "end" as const);
    await fc.assert(
      fc.asyncProperty(unfinished, leave, invalidFrame, async (part, how, frame) => {
        const rude = await upgraded(url);
        rude.write(frame);
        await ended(rude);
        const gone = await upgraded(url);
        gone.write(part);
        if (how === "destroy") gone.destroy();
        else if (how === "reset") gone.resetAndDestroy();
        else gone.end();
        await ended(gone);
      }),
      { numRuns: CASES },
    );
    await expect.poll(openSockets).toBeLessThanOrEqual(before);
    const places = Array.from({ length: MOST_CONNECTIONS }, () => {
      const socket = new WebSocket(`${url.replace("http", "ws")}${path}`);
      onTestFinished(() => socket.terminate());
      return once(socket, "open");
    });
    await Promise.all(places);
    expect((await fetch(`${url}/healthcheck`)).status).toBe(200);
  },
);

describe("a client that does not finish", () => {
  test.each([
    ["its request line", "GET /healthc"],
    ["its headers", "GET /healthcheck HTTP/1.1\r\nhost: localhost\r\nx-slow: "],
    [
      "the body that it announced",
      "POST /v1/components/x/workers HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
    ],
    ["its handshake", "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n"],
  ])("%s is not waited for: its connection ends", async (_, beginning) => {
    // So little time that a busy machine may not keep to it, which is for those who do not either.
    const url = await served({ receiveTimeout: 400 });
    const before = openSockets();
    const slow = await Promise.all(Array.from({ length: 20 }, () => rawConnection(url)));
    for (const socket of slow) socket.write(beginning);
    const answers = await Promise.all(slow.map(received));
    // What arrives is lost where the connection is reset right after it.
    for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    await expect.poll(openSockets).toBeLessThanOrEqual(before);
  });

  test("takes no time from others", async () => {
    const url = await served();
    const slow = await rawConnection(url);
    slow.write("GET /healthcheck HTTP/1.1\r\nhost: local");
    expect((await fetch(`${url}/healthcheck`)).status).toBe(200);
    slow.destroy();
  });
});

describe("a page from elsewhere", () => {
  test.each([
    ["by its origin", { origin: "https://evil.example" }],
    ["by its host", { host: "evil.example" }],
  ])("may not listen to a worker, which is known %s", async (_, headers) => {
    const url = await served();
    const socket = new WebSocket(`${url.replace("http", "ws")}${path}`, { headers });
    socket.on("error", () => undefined);
    const [, response] = await once(socket, "unexpected-response");
    socket.terminate();
    expect(response.statusCode).toBe(403);
  });
});
