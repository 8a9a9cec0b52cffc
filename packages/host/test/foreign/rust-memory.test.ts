import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest/rest-host.ts";

const host = new RestHost();
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
});

const shirt = { "product-id": "G1000", name: "Golem T-Shirt M", price: 100, quantity: 5 };
const cloud = { "product-id": "G1001", name: "Golem Cloud Subscription 1y", price: 999_999, quantity: 1 };

describe("a Rust component keeps a shopping cart", () => {
  test("that is filled, changed and checked out", async () => {
    const worker = rust.worker("cart");
    await worker.call("golem:it/api.{initialize-cart}", "test-user-1");
    await worker.call("golem:it/api.{add-item}", shirt);
    await worker.call("golem:it/api.{add-item}", cloud);
    await worker.call("golem:it/api.{update-item-quantity}", "G1000", 20);
    expect(await worker.call("golem:it/api.{get-cart-contents}")).toEqual([
      { ...shirt, quantity: 20 },
      cloud,
    ]);
    expect(await worker.call("golem:it/api.{checkout}")).toEqual({ success: { "order-id": "order-2" } });
    expect(await worker.call("golem:it/api.{checkout}")).toEqual({ error: "The cart is empty" });
  });

  test("through crashes and a restart of the server", async () => {
    const worker = rust.worker("recovered");
    await worker.call("golem:it/api.{add-item}", shirt);
    await worker.crash();
    await worker.call("golem:it/api.{add-item}", cloud);
    await host.restart();
    expect(await worker.call("golem:it/api.{get-cart-contents}")).toEqual([shirt, cloud]);
  });

  test("in which nothing is put twice under one key", async () => {
    const worker = rust.worker("idempotent");
    const parts = {
      query: { function: "golem:it/api.{add-item}" },
      headers: { "idempotency-key": "key-1" },
      requestBody: { params: [{ value: shirt }] },
    };
    for (let i = 0; i < 2; i++)
      expect((await worker.request("POST", "/invoke-and-await", parts)).status).toBe(200);
    expect(await worker.call("golem:it/api.{get-cart-contents}")).toEqual([shirt]);
  });

  test("and says what is wrong with a call", async () => {
    const worker = rust.worker("wrong");
    const type = "InvalidRequest";
    expect(await worker.failure("golem:it/api.{no-such-function}")).toMatchObject({ type });
    expect(await worker.failure("golem:it/api.{add-item}")).toMatchObject({ type });
    expect(await worker.failure("golem:it/api.{add-item}", { name: "?" })).toMatchObject({ type });
    expect(await worker.call("golem:it/api.{get-cart-contents}")).toEqual([]);
  });

  test("whose world's own functions are called by their bare names", async () => {
    expect(await rust.worker("bare").call("run")).toBe("done");
    expect(await rust.worker("bare").output()).toEqual(["Starting\n"]);
  });
});

describe("a Rust component has resources", () => {
  const counters = "golem:it/counters";

  test("that callers hold by handle, merge and drop", async () => {
    const worker = rust.worker("handles");
    const left = await worker.call(`${counters}.{[constructor]counter}`, "left");
    expect(left).toBe(`urn:worker:${rust.id}/handles/0`);
    const right = await worker.call(`${counters}.{counter.new}`, "right");
    await worker.call(`${counters}.{[method]counter.inc-by}`, left, 5);
    await worker.call(`${counters}.{counter.inc-by}`, right, 2);
    const sum = await worker.call(`${counters}.{[static]counter.merge}`, left, right);
    expect(await worker.call(`${counters}.{counter.get-value}`, sum)).toBe(7);
    await worker.call(`${counters}.{counter.drop}`, right);
    expect(await worker.call(`${counters}.{get-all-dropped}`)).toEqual([
      ["left", 5],
      ["right", 2],
    ]);
    expect(Object.keys((await worker.metadata()).ownedResources)).toEqual(["2"]);
  });

  test("that are made when they are first named, and are there after a restart", async () => {
    const worker = rust.worker("indexed");
    await worker.call(`${counters}.{counter("c1").inc-by}`, 5);
    await worker.call(`${counters}.{counter("c2").inc-by}`, 3);
    await host.restart();
    await worker.call(`${counters}.{counter("c1").inc-by}`, 1);
    expect(await worker.call(`${counters}.{counter("c1").get-value}`)).toBe(6);
    expect(await worker.call(`${counters}.{counter("c2").get-value}`)).toBe(3);
    const indexed = Object.values((await worker.metadata()).ownedResources).map((each) => each.indexed);
    expect(indexed).toEqual([
      { resourceName: "counter", resourceParams: ['"c1"'] },
      { resourceName: "counter", resourceParams: ['"c2"'] },
    ]);
    await worker.call(`${counters}.{counter("c1").drop}`);
    expect(await worker.call(`${counters}.{get-all-dropped}`)).toEqual([["c1", 6]]);
  });
});

describe("the memory of a Rust component", () => {
  const pages = async (name: string): Promise<number> =>
    (await rust.worker(name).oplog()).filter(({ entry }) => entry.type === "GrowMemory").length;

  test("grows by two pages when the adapter is first used", async () => {
    const worker = rust.worker("first-use");
    await worker.call("golem:it/counters.{get-global-value}");
    const before = await worker.metadata();
    await worker.call("run");
    const types = (await worker.oplog()).map(({ entry }) => entry.type);
    expect(types.slice(0, 6)).toEqual([
      "Create",
      "PendingWorkerInvocation",
      "ExportedFunctionInvoked",
      "GrowMemory",
      "GrowMemory",
      "ImportedFunctionInvoked",
    ]);
    expect(await worker.metadata()).toMatchObject({ totalLinearMemorySize: before.totalLinearMemorySize });
  });

  test("is told page by page before what comes next, and counts in the metadata", async () => {
    const worker = rust.worker("growing");
    await worker.call("run");
    const before = (await worker.metadata()).totalLinearMemorySize;
    const earlier = await pages("growing");
    expect(await worker.call("golem:it/failures.{grow}", 1_000_000)).toBe(1_000_000);
    const grown = (await pages("growing")) - earlier;
    expect(grown).toBeGreaterThanOrEqual(15);
    expect((await worker.metadata()).totalLinearMemorySize).toBe(before + grown * 65_536);
    const last = (await worker.oplog()).at(-1);
    expect(last?.entry.type).toBe("ExportedFunctionCompleted");
  });

  test("is not told again when the worker is replayed", async () => {
    const worker = rust.worker("replayed");
    await worker.call("golem:it/failures.{grow}", 300_000);
    const before = await pages("replayed");
    await worker.crash();
    await worker.call("run");
    expect(await pages("replayed")).toBe(before);
  });
});
