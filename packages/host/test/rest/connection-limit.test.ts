import { once } from "node:events";

import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";

import { createHost, type Host, type RunningServer, serve } from "../../src/index.ts";
import { mailerComponent } from "./component-client.ts";

let host: Host;
let server: RunningServer;
let path: string;

beforeAll(async () => {
  host = await createHost({ shards: 1 });
  server = await serve(host, { port: 0, maxConnections: 2 });
  const { versionedComponentId } = await host.components.create("a:b", { wasm: await mailerComponent() });
  const { componentId } = versionedComponentId;
  await host.workers.create(componentId, { name: "w" });
  path = `/v1/components/${componentId}/workers/w/connect`;
});

afterAll(async () => {
  await server.close();
  await host.close();
});

function connect(): WebSocket {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}${path}`);
  socket.on("error", () => undefined);
  onTestFinished(() => socket.terminate());
  return socket;
}

test("connections beyond the limit are refused, and accepted when another has ended", async () => {
  const [first, second] = [connect(), connect()];
  await Promise.all([once(first, "open"), once(second, "open")]);
  const [, response] = await once(connect(), "unexpected-response");
  expect(response.statusCode).toBe(503);
  first.close();
  await once(first, "close");
  await once(connect(), "open");
});

test("a message that is too long ends its connection, and no other", async () => {
  const talkative = connect();
  await once(talkative, "open");
  talkative.send(new Uint8Array(100_000));
  expect((await once(talkative, "close"))[0]).toBe(1009);
  expect((await fetch(`${server.url}/healthcheck`)).status).toBe(200);
});
