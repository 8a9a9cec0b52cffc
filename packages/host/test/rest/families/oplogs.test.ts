import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";
import { fn, outcomes, UpdatePrograms } from "./update-programs.ts";

const KEYS = "golem:it/workers.{generate-idempotency-keys}";

describe("the oplog of a worker", () => {
  const host = new RestHost();
  const programs = new UpdatePrograms(host);
  let scenarios: RestComponent;
  let workers: RestComponent;
  beforeAll(async () => {
    scenarios = await host.deploy("it:carts", await foreignComponent("rust-scenarios"));
    workers = await host.deploy("it:keys", await foreignComponent("rust-workers"));
  });

  test("has what each invocation did, and nothing else", async () => {
    const worker = workers.worker("keys");
    await worker.call(KEYS);
    await worker.invokeWithKey("key-1", KEYS);
    await worker.invokeWithKey("key-2", KEYS);
    const entries = await worker.oplog();
    expect(entries.map(({ oplogIndex }) => oplogIndex)).toEqual(entries.map((_, at) => at + 1));
    const invocation = [
      "ExportedFunctionInvoked",
      "ImportedFunctionInvoked",
      "ImportedFunctionInvoked",
      "ExportedFunctionCompleted",
    ];
    expect(entries.map(({ entry }) => entry.type)).toEqual([
      "Create",
      "PendingWorkerInvocation",
      ...invocation,
      ...invocation,
      ...invocation,
    ]);
    expect(entries.at(-4)?.entry).toMatchObject({ functionName: KEYS, idempotencyKey: "key-2", request: [] });
  });

  test("is searched for what was passed and written, not for what was returned", async () => {
    const worker = scenarios.worker("searched");
    const item = (id: string) => ({ "product-id": id, name: `Item ${id}`, price: 1, quantity: 1 });
    await worker.call("golem:it/api.{initialize-cart}", "test-user-1");
    for (const id of ["G1000", "G1001", "G1002"]) await worker.call("golem:it/api.{add-item}", item(id));
    await worker.call("golem:it/api.{update-item-quantity}", "G1002", 20);
    await worker.call("golem:it/surroundings.{write-stdout}", "G1002 is in the cart");
    await worker.call("golem:it/api.{get-cart-contents}");
    await worker.call("golem:it/surroundings.{random}");
    await worker.call("golem:it/api.{checkout}");
    const found = async (query: string) =>
      (await worker.search(query)).map(
        ({ entry }) => entry["functionName"] ?? entry["message"] ?? entry.type,
      );
    expect(await found("G1002")).toEqual([
      "golem:it/api.{add-item}",
      "golem:it/api.{update-item-quantity}",
      "golem:it/surroundings.{write-stdout}",
      "G1002 is in the cart\n",
    ]);
    expect(await found("product-id:G1001 OR product-id:G1000")).toEqual([
      "golem:it/api.{add-item}",
      "golem:it/api.{add-item}",
    ]);
    expect(await found("imported-function AND random")).toEqual(
      expect.arrayContaining([expect.stringMatching(/^golem random::/)]),
    );
    expect(await found("initialize-cart AND NOT pending")).toEqual(["golem:it/api.{initialize-cart}"]);
  });

  test("is readable when the functions that it tells of are those of several versions", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("changed");
    for (let call = 0; call < 2; call += 1) await worker.call(fn("f3"));
    await worker.update("Automatic", await component.newVersion(programs.program(2)));
    expect(await worker.call(fn("f4"))).toBe(11);
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1"]);
    const entries = (await worker.oplog()).map(({ entry }) => entry);
    const told = new Set([
      "ExportedFunctionInvoked",
      "ExportedFunctionCompleted",
      "PendingUpdate",
      "SuccessfulUpdate",
    ]);
    expect(entries.filter(({ type }) => told.has(type))).toMatchObject([
      { type: "ExportedFunctionInvoked", functionName: fn("f3") },
      { type: "ExportedFunctionCompleted", response: { value: [3] } },
      { type: "ExportedFunctionInvoked", functionName: fn("f3") },
      { type: "ExportedFunctionCompleted", response: { value: [3] } },
      { type: "PendingUpdate", target_version: 1 },
      { type: "SuccessfulUpdate", target_version: 1 },
      { type: "ExportedFunctionInvoked", functionName: fn("f4") },
      { type: "ExportedFunctionCompleted", response: { value: [11] } },
    ]);
  });

  test("begins with the version that the worker was made of", async () => {
    const component = await programs.deploy(1);
    await component.newVersion(programs.program(2));
    const worker = component.worker("latest");
    expect(await worker.call(fn("f4"))).toBe(11);
    const entries = (await worker.oplog()).map(({ entry }) => entry);
    expect(entries.slice(0, 3)).toMatchObject([
      { type: "Create", componentVersion: 1 },
      { type: "PendingWorkerInvocation" },
      { type: "ExportedFunctionInvoked", functionName: fn("f4") },
    ]);
    expect(entries.at(-1)).toMatchObject({ type: "ExportedFunctionCompleted", response: { value: [11] } });
  });
});
