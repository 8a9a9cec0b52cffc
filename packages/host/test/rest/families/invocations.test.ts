import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const ACCEPTED = { status: 200, body: {} };

function refused(details: unknown = expect.any(String)) {
  return { status: 500, body: { golemError: { type: "InvalidRequest", details } } };
}

const cart = (name: string): string => `golem:it/api.{${name}}`;
const counter = (name: string): string => `golem:it/counters.{${name}}`;
const value = (name: string): string => `golem:it/values.{${name}}`;
const promise = (name: string): string => `golem:it/promises.{${name}}`;

const SHIRT = { "product-id": "G1000", name: "Golem T-Shirt M", price: 100, quantity: 5 };
const CLOUD = { "product-id": "G1001", name: "Golem Cloud Subscription 1y", price: 999_999, quantity: 1 };
const MUD = { "product-id": "G1002", name: "Mud Golem", price: 11, quantity: 10 };

describe("an invocation", () => {
  const host = new RestHost();
  let scenarios: RestComponent;
  let workers: RestComponent;
  beforeAll(async () => {
    scenarios = await host.deploy("it:carts", await foreignComponent("rust-scenarios"));
    workers = await host.deploy("it:values", await foreignComponent("rust-workers"));
  });

  test("changes what the next one finds", async () => {
    const worker = scenarios.worker("cart");
    await worker.call(cart("initialize-cart"), "test-user-1");
    for (const item of [SHIRT, CLOUD, MUD]) expect(await worker.call(cart("add-item"), item)).toBeUndefined();
    await worker.call(cart("update-item-quantity"), "G1002", 20);
    const { body } = await worker.invoke(cart("get-cart-contents"));
    expect(body).toMatchObject({
      result: {
        typ: { type: "Tuple", items: [{ type: "List", inner: { type: "Record" } }] },
        value: [[SHIRT, CLOUD, { ...MUD, quantity: 20 }]],
      },
    });
    expect(await worker.call(cart("checkout"))).toEqual({ success: { "order-id": "order-3" } });
    expect(await worker.call(cart("checkout"))).toEqual({ error: "The cart is empty" });
  });

  test("with the same key runs once, also after a restart of the server", async () => {
    const worker = scenarios.worker("keyed");
    const add = () => worker.invokeWithKey("key-1", cart("add-item"), SHIRT);
    const first = await add();
    expect(first).toMatchObject({ status: 200 });
    expect(await add()).toEqual(first);
    await host.restart();
    expect(await add()).toEqual(first);
    expect(await worker.triggerWithKey("key-1", cart("add-item"), SHIRT)).toMatchObject(ACCEPTED);
    expect(await worker.call(cart("get-cart-contents"))).toEqual([SHIRT]);
  });

  test("with the key of another function gets that one's result, as on Golem, if it can be its own", async () => {
    const worker = scenarios.worker("shared-key");
    const first = await worker.invokeWithKey("key-1", cart("checkout"));
    expect(await worker.invokeWithKey("key-1", cart("checkout"))).toEqual(first);

    const other = await worker.invokeWithKey("key-1", cart("get-cart-contents"));

    // As Golem answers every invalid request of a worker.
    expect(other).toMatchObject({ status: 500 });
    expect(JSON.stringify(other)).toContain("key-1");
    expect(JSON.stringify(other)).toContain(`was used for ${cart("checkout")} before`);
    expect(JSON.stringify(other)).toContain(`${cart("get-cart-contents")} was not called`);
    // It has no result, and would seem to have run.
    expect(await worker.invokeWithKey("key-1", cart("add-item"), SHIRT)).toMatchObject({ status: 500 });
    expect(await worker.call(cart("get-cart-contents"))).toEqual([]);
  });

  test("may name its function with the signature, as Golem's command line does, and is repeated by it", async () => {
    const worker = scenarios.worker("signed");
    const signed = `${counter("get-global-value")}() -> u64`;
    await worker.call(`${counter("inc-global-by")}(value: u64)`, 4);
    expect(await worker.call(signed)).toBe(4);
    await worker.crash();
    expect(await worker.call(counter("get-global-value"))).toBe(4);
    const invoked = (await worker.oplog()).filter(({ entry }) => entry.type === "ExportedFunctionInvoked");
    expect(invoked[1]?.entry).toMatchObject({ functionName: signed });
    const completed = (await worker.oplog()).filter(
      ({ entry }) => entry.type === "ExportedFunctionCompleted",
    );
    expect(completed[1]?.entry).toMatchObject({
      response: { typ: { type: "Tuple", items: [{ type: "U64" }] } },
    });
  });

  test("of what is no function is refused, and makes no worker", async () => {
    const worker = scenarios.worker("never");
    expect(await worker.invoke("golem:it/api.{get-cart-contents")).toMatchObject(refused());
    expect(await worker.trigger(cart("nothing"))).toMatchObject(refused());
    expect((await worker.request("GET", "")).status).toBe(404);
  });

  test("is accepted at once when nobody waits for it", async () => {
    const worker = scenarios.worker("triggered");
    expect(await worker.trigger(counter("inc-global-by"), 3)).toMatchObject(ACCEPTED);
    expect(await worker.call(counter("get-global-value"))).toBe(3);
  });

  test("of a function that is not there fails, and the worker is as before", async () => {
    const worker = workers.worker("unknown-function");
    const before = await worker.call(value("echo"), "Hello");
    const entries = (await worker.oplog()).length;
    for (const name of ["WRONG", "golem:it/wrong.{echo}", value("wrong"), "golem:it/values.{"])
      expect(await worker.invoke(name, "Hello")).toMatchObject(refused());
    expect(await worker.oplog()).toHaveLength(entries);
    expect(await worker.call(value("echo"), "Hello")).toBe(before);
  });

  test.each([
    ["too few parameters", []],
    ["a parameter of another type", [100]],
  ])("with %s fails, and the worker is as before", async (name, parameters) => {
    const worker = workers.worker(name.replaceAll(" ", "-"));
    expect(await worker.invoke(value("echo"), ...parameters)).toMatchObject(refused());
    expect(await worker.call(value("echo"), "Hello")).toBe("Hello");
  });

  test("passes what is optional, in a record too", async () => {
    const worker = workers.worker("options");
    expect(await worker.call(value("echo"), "Hello")).toBe("Hello");
    expect(await worker.call(value("echo"), null)).toBeNull();
    const todo = { name: "todo", description: "description" };
    expect(await worker.call(value("describe"), todo)).toBe("todo: description");
    expect(await worker.call(value("describe"), { name: "todo", description: null })).toBe("todo");
    expect(await worker.call(value("describe"), { name: "todo" })).toBe("todo");
  });

  test("returns each case of a variant, with and without a payload", async () => {
    const worker = workers.worker("variants");
    expect(await worker.call(value("bid"), 2)).toEqual({ success: null });
    expect(await worker.call(value("bid"), 0.5)).toEqual({ failure: { bidder: "somebody", price: 0.5 } });
    expect(await worker.call(value("bid"), 0)).toEqual({ "auction-expired": null });
  });

  test("takes parameters with their types, all or none", async () => {
    const worker = workers.worker("typed");
    const typ = { type: "Option", inner: { type: "Str" } };
    const invoke = (params: readonly unknown[]) =>
      worker.request("POST", "/invoke-and-await", {
        query: { function: value("echo") },
        requestBody: { params },
      });
    expect(await invoke([{ typ, value: "Hello" }])).toMatchObject({
      status: 200,
      body: { result: { typ: { type: "Tuple", items: [typ] }, value: ["Hello"] } },
    });
    expect(await invoke([{ typ, value: "Hello" }, { value: "Hello" }])).toMatchObject({
      status: 400,
      body: { errors: [expect.stringContaining("Some parameters have types specified")] },
    });
  });

  test("with more parameters than expected fails if they have types; else they are ignored, as Golem does", async () => {
    const worker = workers.worker("too-many");
    const invoke = (params: readonly unknown[]) =>
      worker.request("POST", "/invoke-and-await", {
        query: { function: value("echo") },
        requestBody: { params },
      });
    const [typ, extra] = [{ type: "Option", inner: { type: "Str" } }, { type: "Str" }];
    expect(
      await invoke([
        { typ, value: "Hello" },
        { typ: extra, value: "extra" },
      ]),
    ).toMatchObject(refused("Parameter type mismatch: expected 1, got 2 parameters"));
    expect((await worker.oplog()).map(({ entry }) => entry.type)).toEqual(["Create"]);
    expect(await worker.invoke(value("echo"), "Hello", "extra")).toMatchObject({
      status: 200,
      body: { result: { value: ["Hello"] } },
    });
  });

  test("makes a resource, uses it by its handle and drops it", async () => {
    const worker = scenarios.worker("resource");
    const handle = await worker.call(counter("[constructor]counter"), "counter1");
    expect(handle).toBe(`urn:worker:${scenarios.id}/resource/0`);
    await worker.call(counter("[method]counter.inc-by"), handle, 5);
    expect(await worker.call(counter("[method]counter.get-value"), handle)).toBe(5);
    expect((await worker.metadata()).ownedResources).toEqual({
      "0": { createdAt: expect.any(String), indexed: null },
    });
    await worker.call(counter("[drop]counter"), handle);
    expect(await worker.call(counter("get-all-dropped"))).toEqual([["counter1", 5]]);
    expect((await worker.metadata()).ownedResources).toEqual({});
  });

  test("makes a resource of what its name says, where there is none yet", async () => {
    const worker = scenarios.worker("indexed");
    await worker.call(counter('counter("counter1").inc-by'), 5);
    await worker.call(counter('counter("counter2").inc-by'), 1);
    await worker.call(counter('counter("counter1").inc-by'), 2);
    expect(await worker.call(counter('counter("counter1").get-value'))).toBe(7);
    expect(Object.values((await worker.metadata()).ownedResources)).toMatchObject([
      { indexed: { resourceName: "counter", resourceParams: ['"counter1"'] } },
      { indexed: { resourceName: "counter", resourceParams: ['"counter2"'] } },
    ]);
  });

  test("that waits can be taken back, one that is over or unknown cannot", async () => {
    const worker = workers.worker("cancelling");
    const add = "golem:it/sums.{add}";
    await worker.invokeWithKey("done", add, 1);
    const id = (await worker.call(promise("create"))) as { readonly "oplog-idx": number };
    const { "oplog-idx": index } = id;
    const own = { "worker-id": workers.workerIdValue("cancelling"), "oplog-idx": index };
    await worker.trigger(promise("await"), own);
    await worker.reaches("Suspended");
    await worker.triggerWithKey("cancelled", add, 2);
    await worker.triggerWithKey("kept", add, 4);
    expect((await worker.metadata()).pendingInvocationCount).toBe(2);
    expect(await worker.cancel("done")).toMatchObject({ status: 200, body: { canceled: false } });
    expect(await worker.cancel("cancelled")).toMatchObject({ status: 200, body: { canceled: true } });
    expect(await worker.cancel("unknown")).toMatchObject(refused("Invocation not found"));
    expect(await worker.complete(index, [42])).toMatchObject({ status: 200, body: true });
    expect(await worker.call("golem:it/sums.{get}")).toBe(5);
    expect(await worker.search("CancelInvocation")).toHaveLength(1);
  });

  test("that fails tells why, with what was written to stderr, and so does every later one", async () => {
    const failing = await host.deploy("it:failing", await foreignComponent("rust-workers"));
    const worker = failing.worker("failing");
    await worker.call("golem:it/sums.{add}", 5);
    const { type, details } = await worker.failure("golem:it/sums.{add}", 50);
    expect(type).toBe("RuntimeError");
    expect(details).toContain("55 is more than 10\nthread '<unnamed>' panicked at 'value is too large', ");
    expect(details).toMatch(
      /note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n$/,
    );
    expect(await worker.failure("golem:it/sums.{get}")).toEqual({
      type: "PreviousInvocationFailed",
      details,
    });
    expect(await worker.metadata()).toMatchObject({ status: "Failed", lastError: details });
    const { workers: listed, cursor } = await failing.list({ count: 100, precise: true });
    expect(cursor).toBeNull();
    expect(listed).toMatchObject([{ status: "Failed", lastError: details }]);
  });
});
