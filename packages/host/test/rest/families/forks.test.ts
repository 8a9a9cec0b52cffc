import { beforeAll, describe, expect, test } from "vitest";

import { fixtureComponent } from "../../fixtures/fixture-component.ts";
import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";
import type { RestWorker } from "../rest-worker.ts";
import { PollServer } from "./poll-server.ts";

const cart = (name: string): string => `golem:it/api.{${name}}`;

const CLOUD = { "product-id": "G1001", name: "Golem Cloud Subscription 1y", price: 999_999, quantity: 1 };
const MUD = { "product-id": "G1002", name: "Mud Golem", price: 11, quantity: 10 };

describe("a fork", () => {
  const host = new RestHost({ allow: ["local"] });
  let scenarios: RestComponent;
  let workers: RestComponent;
  beforeAll(async () => {
    scenarios = await host.deploy("it:forked", await foreignComponent("rust-scenarios"));
    workers = await host.deploy("it:forker", await foreignComponent("rust-workers"));
  });

  const fork = (source: string, target: string, cutOff: number, by = workers.worker("forker")) =>
    by.invoke(
      "golem:it/workers.{fork-worker}",
      scenarios.workerIdValue(source),
      scenarios.workerIdValue(target),
      cutOff,
    );

  /** A worker with two things in its cart. */
  async function filled(name: string): Promise<RestWorker> {
    const worker = scenarios.worker(name);
    await worker.call(cart("initialize-cart"), "test-user-1");
    for (const item of [CLOUD, MUD]) await worker.call(cart("add-item"), item);
    return worker;
  }

  test("of an idle worker has its past, and a future of its own", async () => {
    const source = await filled("idle");
    expect(await fork("idle", "idle-fork", (await source.oplog()).length)).toMatchObject({ status: 200 });
    const target = scenarios.worker("idle-fork");
    await target.call(cart("add-item"), MUD);
    await target.call(cart("update-item-quantity"), "G1002", 20);
    expect(await source.call(cart("get-cart-contents"))).toEqual([CLOUD, MUD]);
    const twenty = { ...MUD, quantity: 20 };
    expect(await target.call(cart("get-cart-contents"))).toEqual([CLOUD, twenty, twenty]);
    expect(await target.search("G1002 AND NOT pending")).toHaveLength(3);
    expect(await target.search("G1001 AND NOT pending")).toHaveLength(1);
  });

  test("in the middle of an invocation finishes it", async () => {
    const source = await filled("middle");
    const [begin] = await source.search("initialize-cart AND NOT pending");
    expect(begin?.entry.type).toBe("ExportedFunctionInvoked");
    expect(await fork("middle", "middle-fork", begin?.oplogIndex ?? 0)).toMatchObject({ status: 200 });
    const target = scenarios.worker("middle-fork");
    await target.reaches("Idle");
    expect(await target.call(cart("get-cart-contents"))).toEqual([]);
    expect(await target.output()).toEqual(["Initializing cart for user test-user-1\n"]);
  });

  test("of an interrupted worker goes on, while the other stays interrupted", async () => {
    const server = await PollServer.open();
    const source = scenarios.worker("interrupted");
    await source.trigger("golem:it/web.{poll-until}", server.port, "/poll", 20);
    await server.asked(2);
    await source.interrupt();
    await source.reaches("Interrupted");
    server.answer = "stop";
    expect(await fork("interrupted", "interrupted-fork", (await source.oplog()).length)).toMatchObject({
      status: 200,
    });
    const target = scenarios.worker("interrupted-fork");
    await target.reaches("Idle");
    expect(await target.search('"Received stop"')).toHaveLength(1);
    expect(await source.status()).toBe("Interrupted");
  });

  test("of a running worker lets both finish", async () => {
    const server = await PollServer.open();
    const source = scenarios.worker("running");
    await source.trigger("golem:it/web.{poll-until}", server.port, "/poll", 20);
    await server.asked(2);
    expect(await fork("running", "running-fork", (await source.oplog()).length)).toMatchObject({
      status: 200,
    });
    server.answer = "stop";
    for (const name of ["running", "running-fork"]) {
      await scenarios.worker(name).reaches("Idle");
      expect(await scenarios.worker(name).search('"Received stop"')).toHaveLength(1);
    }
  });

  test("remembers the environment of the worker that it was made from", async () => {
    const source = scenarios.worker("environment");
    await source.call("golem:it/surroundings.{get-environment}");
    await fork("environment", "environment-fork", (await source.oplog()).length);
    const target = scenarios.worker("environment-fork");
    await target.reaches("Idle");
    const read = (await target.oplog()).find(({ entry }) => entry.type === "ExportedFunctionCompleted");
    expect(JSON.stringify(read?.entry["response"])).toContain('["GOLEM_WORKER_NAME","environment"]');
    await target.crash();
    expect(await target.call("run")).toBe("done");
  });

  test("needs a source, a name that is free, and a past", async () => {
    const source = await filled("refused");
    const { length } = await source.oplog();
    /** By a worker of its own: one that has failed is of no more use. */
    const refused = async (by: string, ...parameters: readonly [string, string, number]) => {
      const { status, body } = await fork(...parameters, workers.worker(by));
      expect(status).toBe(500);
      return (body as { readonly golemError: { readonly details: string } }).golemError.details;
    };
    expect(await refused("first", "refused", "refused", length)).toMatch(/already exists/i);
    expect(await refused("second", "refused", "new", 1)).toContain("oplog_index_cut_off must be at least 2");
    expect(await refused("third", "nobody", "new", 14)).toContain(`Worker not found: ${scenarios.id}/nobody`);
  });

  test("of itself tells a worker which of the two it is", async () => {
    const { wasm } = await fixtureComponent("forker");
    const component = await host.deploy("test:forker", wasm);
    const invoke = (name: string) =>
      component.worker(name).invokeWithKey("k", "test:forker-exports/api.{fork}", "forked-worker");
    expect(await invoke("source-worker")).toMatchObject({ body: { result: { value: ["original"] } } });
    expect(await invoke("forked-worker")).toMatchObject({ body: { result: { value: ["forked"] } } });
  });
});
