import { once } from "node:events";

import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";

import { createHost, type Host, serve } from "../../src/index.ts";
import { mailerComponent } from "./component-client.ts";

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

/** A server that accepts two connections, for one test. */
async function limited(): Promise<{ readonly url: string; readonly connect: () => WebSocket }> {
  const server = await serve(host, { port: 0, maxConnections: 2 });
  const { url } = server;
  onTestFinished(() => server.close());
  const connect = (): WebSocket => {
    const socket = new WebSocket(`${url.replace("http", "ws")}${path}`);
    socket.on("error", () => undefined);
    onTestFinished(() => socket.terminate());
    return socket;
  };
  return { url, connect };
}

test("connections beyond the limit are refused, and accepted when another has ended", async () => {
  const { connect } = await limited();
  const [first, second] = [connect(), connect()];
  await Promise.all([once(first, "open"), once(second, "open")]);
  const [, response] = await once(connect(), "unexpected-response");
  expect(response.statusCode).toBe(503);
  first.close();
  await once(first, "close");
  await once(connect(), "open");
});

test("a message that is too long ends its connection, and no other", async () => {
  const { url, connect } = await limited();
  const talkative = connect();
  await once(talkative, "open");
  talkative.send(new Uint8Array(100_000));
  expect((await once(talkative, "close"))[0]).toBe(1009);
  expect((await fetch(`${url}/healthcheck`)).status).toBe(200);
});
