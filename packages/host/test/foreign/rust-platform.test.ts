import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest/rest-host.ts";

const host = new RestHost({ allow: ["public", "private", "local"] });
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
});

/** A server on the machine itself, for one test. */
async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((listening) => {
    server.listen(0, "localhost", listening);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe("a Rust component uses Golem's own interface", () => {
  const fn = (name: string): string => `golem:it/platform.{${name}}`;

  test("to wait for a promise that is completed from outside", async () => {
    const worker = rust.worker("promise");
    const id = (await worker.call(fn("create-promise"))) as { readonly "oplog-idx": number };
    const index = id["oplog-idx"];
    expect(await worker.call(fn("poll-promise"), index)).toBeNull();
    const waiting = worker.call(fn("await-promise"), index);
    await expect.poll(async () => (await worker.metadata()).status).toBe("Suspended");
    const requestBody = { oplogIdx: index, data: [42] };
    expect(await worker.request("POST", "/complete", { requestBody })).toMatchObject({ body: true });
    expect(await waiting).toEqual([42]);
    expect(await worker.call(fn("poll-promise"), index)).toEqual([42]);
  });

  test("to know itself and to find its like", async () => {
    await rust.worker("like-1").call("run");
    await rust.worker("like-2").call("run");
    expect(((await rust.worker("like-1").call(fn("list-workers"), "like")) as string[]).toSorted()).toEqual([
      "like-1",
      "like-2",
    ]);
    expect(await rust.worker("like-1").call(fn("get-self"))).toMatchObject({
      "worker-id": { "worker-name": "like-1" },
      status: "running",
      "component-version": 0,
    });
  });

  test("to get keys that are the same after a replay", async () => {
    const worker = rust.worker("keys");
    const parts = {
      query: { function: fn("idempotency-key") },
      headers: { "idempotency-key": "0c3c9a1b-6c75-4a0b-8a3e-000000000001" },
      requestBody: { params: [] },
    };
    const first = await worker.request("POST", "/invoke-and-await", parts);
    await worker.crash();
    expect((await worker.request("POST", "/invoke-and-await", parts)).body).toEqual(first.body);
  });
});

describe("a Rust component uses the network", () => {
  const fn = (name: string): string => `golem:it/web.{${name}}`;

  test("to make requests, which are not made again in a replay", async () => {
    let requests = 0;
    const port = await listen((request, response) => {
      requests += 1;
      response.writeHead(request.url === "/found" ? 200 : 404).end(`answer ${requests}`);
    });
    const worker = rust.worker("requests");
    expect(await worker.call(fn("get"), port, "/found")).toEqual({ ok: [200, "answer 1"] });
    expect(await worker.call(fn("get"), port, "/lost")).toEqual({ ok: [404, "answer 2"] });
    await worker.crash();
    expect(await worker.call(fn("get"), port, "/found")).toEqual({ ok: [200, "answer 3"] });
    expect(requests).toBe(3);
  });

  test("to poll for long, interrupted by a crash and by a person", async () => {
    let answer = "continue";
    let requests = 0;
    const port = await listen((_, response) => {
      requests += 1;
      response.end(answer);
    });
    const worker = rust.worker("polling");
    const polling = worker.failure(fn("poll-until"), port, "/", 10);
    await expect.poll(() => requests, { timeout: 20_000 }).toBeGreaterThan(1);
    await worker.crash();
    const seen = requests;
    await expect.poll(() => requests, { timeout: 20_000 }).toBeGreaterThan(seen);
    await worker.request("POST", "/interrupt");
    expect((await polling).details).toBe("Interrupted via the Golem API");
    expect((await worker.metadata()).status).toBe("Interrupted");
    answer = "stop";
    await worker.request("POST", "/resume");
    await expect.poll(async () => (await worker.metadata()).status, { timeout: 20_000 }).toBe("Idle");
    const output = await worker.output();
    expect(output.slice(-2)).toEqual(["Calling the poll endpoint\n", "Received stop\n"]);
  });

  test("to look up names, and says what is wrong with one", async () => {
    expect(await rust.worker("names").call(fn("resolve"), "localhost")).toEqual({
      ok: expect.arrayContaining(["IpAddress::Ipv4((127, 0, 0, 1))"]),
    });
    expect(await rust.worker("names").call(fn("resolve"), "no such name")).toEqual({
      err: "invalid-argument",
    });
  });

  test("in vain, and is told why", async () => {
    const port = await listen((_, response) => {
      response.destroy();
    });
    const { err } = (await rust.worker("refused").call(fn("get"), port, "/")) as { readonly err: string };
    expect(err).toMatch(/^ErrorCode::(HttpResponseIncomplete|ConnectionTerminated)/);
  });
});
