import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";
import type { RestWorker } from "../rest-worker.ts";
import { PollServer } from "./poll-server.ts";

const POLL = "golem:it/web.{poll-until}";
const INCREMENT = "golem:it/counters.{inc-global-by}";
const COUNT = "golem:it/counters.{get-global-value}";

describe("a worker that polls a server", () => {
  const host = new RestHost({ allow: ["local"] });
  let rust: RestComponent;
  beforeAll(async () => {
    rust = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
  });

  /** A worker in the middle of its loop, which ends when the server answers `stop`. */
  async function polling(
    name: string,
  ): Promise<{ readonly worker: RestWorker; readonly server: PollServer }> {
    const server = await PollServer.open();
    const worker = rust.worker(name);
    expect(await worker.triggerWithKey("k", POLL, server.port, "/poll", 20)).toMatchObject({
      status: 200,
      body: {},
    });
    await server.asked(2);
    expect(await worker.status()).toBe("Running");
    return { worker, server };
  }

  test("runs as long as it is told to", async () => {
    const { worker, server } = await polling("loop");
    server.answer = "stop";
    await worker.reaches("Idle");
    expect((await worker.output()).at(-1)).toBe("Received stop\n");
  });

  test("goes on when the server is away for a while", async () => {
    const { worker, server } = await polling("away");
    const { port } = server;
    server.stop();
    await worker.search("Received");
    await server.start(port);
    await server.asked(2);
    server.answer = "stop";
    await worker.reaches("Idle");
  });

  test("is found among the running workers until it is interrupted", async () => {
    const { worker } = await polling("listed");
    const running = async () => {
      const filter = ["name = listed", "status = Running"];
      return (await rust.list({ filter, precise: true })).workers.length;
    };
    expect(await running()).toBe(1);
    await worker.interrupt();
    await worker.reaches("Interrupted");
    expect(await running()).toBe(0);
  });

  test("finishes an interrupted loop first when it is invoked again", async () => {
    const { worker, server } = await polling("invoked-again");
    await worker.interrupt();
    await worker.reaches("Interrupted");
    expect(await worker.trigger(POLL, server.port, "/second", 20)).toMatchObject({ status: 200 });
    await worker.reaches("Running");
    await server.asked(2);
    server.answer = "stop";
    await worker.reaches("Idle");
    const finished = (await worker.output()).filter((line) => line === "Received stop\n");
    expect(finished).toHaveLength(2);
  });

  test("ends the connections of those who listen when it is interrupted", async () => {
    const { worker } = await polling("listened");
    const listener = worker.listen();
    await listener.says("Calling the poll endpoint\nReceived initial\n");
    await worker.interrupt();
    await listener.ended;
  });

  test("stays interrupted when somebody listens again", async () => {
    const { worker, server } = await polling("listened-again");
    const first = worker.listen();
    await first.says("Received initial\n");
    await worker.interrupt();
    await first.ended;
    const requests = server.requests;
    await worker.listen().says("Received initial\n");
    expect(await worker.status()).toBe("Interrupted");
    expect(server.requests).toBe(requests);
  });

  test("is heard again after it was resumed, to the end of its loop", async () => {
    const { worker, server } = await polling("resumed");
    await worker.interrupt();
    await worker.reaches("Interrupted");
    expect(await worker.resume()).toMatchObject({ status: 200, body: {} });
    await worker.reaches("Running");
    const listener = worker.listen();
    await server.asked(2);
    server.answer = "stop";
    await listener.says("Calling the poll endpoint\nReceived stop\n");
    await worker.reaches("Idle");
    expect(await worker.invokeWithKey("k", POLL, server.port, "/poll", 20)).toMatchObject({ status: 200 });
  });

  test("can be deleted after it was interrupted", async () => {
    const { worker } = await polling("deleted");
    await worker.interrupt();
    expect(await worker.delete()).toMatchObject({ status: 200, body: {} });
    expect(await worker.request("GET", "")).toMatchObject({ status: 404 });
  });

  test("keeps what waits behind its loop, through an interruption and a restart of the server", async () => {
    const { worker, server } = await polling("queue");
    for (let call = 0; call < 3; call += 1)
      expect(await worker.trigger(INCREMENT, 1)).toMatchObject({ status: 200, body: {} });
    expect((await worker.metadata()).pendingInvocationCount).toBe(3);
    await worker.interrupt();
    await worker.reaches("Interrupted");
    await host.restart();
    await worker.trigger(INCREMENT, 1);
    await worker.reaches("Running");
    server.answer = "stop";
    expect(await worker.call(COUNT)).toBe(4);
  });

  test("is one of many that poll at the same time", async () => {
    const server = await PollServer.open();
    const names = Array.from({ length: 8 }, (_, at) => `crowd-${at}`);
    for (const name of names) await rust.worker(name).trigger(POLL, server.port, "/poll", 20);
    const query = { filter: ["name like crowd-", "status = Running"] };
    await expect.poll(async () => (await rust.list(query)).workers.length).toBe(names.length);
    server.answer = "stop";
    for (const name of names) await rust.worker(name).reaches("Idle");
    for (const name of names) await rust.worker(name).delete();
    expect((await rust.list({ filter: "name like crowd-" })).workers).toEqual([]);
  });
});
