import { Agent, request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Host } from "../../src/index.ts";
import { createHost, serve } from "../../src/index.ts";
import { FIXTURE_CACHE, fixtureComponent } from "../fixtures/fixture-component.ts";

let host: Host;

beforeAll(async () => {
  host = await createHost();
});

afterAll(() => host.close());

function statusOf(url: string, headers: Readonly<Record<string, string>>, agent?: Agent): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sent = request(url, { headers, ...(agent !== undefined && { agent }) }, (answer) => {
    answer.resume();
    answer.once("end", () => resolve(answer.statusCode ?? 0));
  });
  sent.once("error", reject).end();
  return promise;
}

test("listens on the loopback interface, at a free port if told so", async () => {
  await using server = await serve(host, { port: 0 });
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await statusOf(`${server.url}/healthcheck`, {})).toBe(200);
});

test.for(["0.0.0.0", "::"])("prints an address that works where it listens at all: %s", async (hostname) => {
  await using server = await serve(host, { port: 0, hostname });
  expect(new URL(server.url).hostname).toMatch(/^(127\.0\.0\.1|\[::1\])$/);
  expect(await statusOf(`${server.url}/healthcheck`, {})).toBe(200);
});

test("may be called by the name that it listens at, and by those that are allowed", async () => {
  await using server = await serve(host, { port: 0, hostname: "127.1", allowedHosts: ["golem"] });
  const asked = ["golem:9881", "golem", "127.1", "other"];
  const statuses = asked.map((name) => statusOf(`${server.url}/healthcheck`, { host: name }));
  expect(await Promise.all(statuses)).toEqual([200, 200, 200, 403]);
});

test("says which address is in use", async () => {
  await using server = await serve(host, { port: 0 });
  const port = Number(new URL(server.url).port);
  await expect(serve(host, { port })).rejects.toThrow(
    `127.0.0.1:${port} is in use by another program: stop it, or choose another port`,
  );
});

test("closes while connections are kept alive, and frees its port", async () => {
  const agent = new Agent({ keepAlive: true });
  const server = await serve(host, { port: 0 });
  await statusOf(`${server.url}/healthcheck`, {}, agent);
  const silent = connect(Number(new URL(server.url).port), "127.0.0.1");
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  silent.once("connect", () => resolve()).on("error", () => {});
  await connected;
  await server.close();
  await expect(statusOf(`${server.url}/healthcheck`, {})).rejects.toThrow(/ECONNREFUSED/);
  agent.destroy();
  silent.destroy();
});

test("lets a host be closed while a call waits: its client is told so, and nobody else", async () => {
  const errors: unknown[] = [];
  const closing = await createHost({ shards: 1, cacheDir: FIXTURE_CACHE });
  const component = await closing.components.create("test:probe", await fixtureComponent("probe"));
  const { componentId } = component.versionedComponentId;
  await using server = await serve(closing, { port: 0, onInternalError: (error) => errors.push(error) });
  const called = fetch(
    `${server.url}/v1/components/${componentId}/workers/w/invoke-and-await?function=test:probe-exports/api.{new-promise}`,
    { method: "POST", body: '{"params":[]}', headers: { "content-type": "application/json" } },
  );
  const status = async () => (await closing.workers.get({ componentId, workerName: "w" })).status;
  await expect.poll(status, { interval: 10 }).toBe("Suspended");
  await closing.close();
  expect(await (await called).json()).toEqual({
    golemError: { type: "Unknown", details: "The host is closed" },
  });
  expect(errors).toEqual([]);
});

test("closes twice", async () => {
  const server = await serve(host, { port: 0 });
  await Promise.all([server.close(), server.close()]);
  await expect(server.close()).resolves.toBeUndefined();
});

test("refuses names that may lead elsewhere", async () => {
  await using server = await serve(host, { port: 0 });
  expect(await statusOf(`${server.url}/healthcheck`, { host: "evil.example" })).toBe(403);
  expect(await statusOf(`${server.url}/healthcheck`, { origin: "https://evil.example" })).toBe(403);
});

test("refuses JSON beyond the limit, whether its length is announced or not", async () => {
  await using server = await serve(host, { port: 0, maxJsonBytes: 100 });
  const url = `${server.url}/v1/components/00000000-0000-4000-8000-000000000000/workers`;
  const bytes = Buffer.from(JSON.stringify({ name: "x".repeat(200), args: [], env: {} }));
  const announced = await fetch(url, { method: "POST", body: bytes });
  expect(announced.status).toBe(413);
  const stream: RequestInit & { duplex: "half" } = {
    method: "POST",
    body: new Blob([bytes]).stream(),
    duplex: "half",
  };
  const streamed = await fetch(url, stream);
  expect(streamed.status).toBe(413);
});

test("refuses JSON that nests too deep, and reads what is just not too deep", async () => {
  await using server = await serve(host, { port: 0 });
  const url = `${server.url}/v1/components/00000000-0000-4000-8000-000000000000/workers`;
  const answerTo = async (depth: number): Promise<string> => {
    const response = await fetch(url, { method: "POST", body: "[".repeat(depth) + "]".repeat(depth) });
    expect(response.status).toBe(400);
    return response.text();
  };
  expect(await answerTo(100_000)).toBe("parse request payload error: recursion limit exceeded");
  expect(await answerTo(129)).toBe("parse request payload error: recursion limit exceeded");
  expect(await answerTo(128)).toMatch(/Expected input type "WorkerCreationRequest"/);
});
