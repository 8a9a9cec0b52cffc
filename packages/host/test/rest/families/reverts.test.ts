import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";
import { fn, outcomes, UpdatePrograms } from "./update-programs.ts";

const DONE = { status: 200, body: {} };

const counter = (name: string): string => `golem:it/counters.{${name}}`;
const sum = (name: string): string => `golem:it/sums.{${name}}`;

function refused(details: unknown = expect.any(String)) {
  return { status: 500, body: { golemError: { type: "InvalidRequest", details } } };
}

describe("a revert", () => {
  const host = new RestHost();
  const programs = new UpdatePrograms(host);
  let scenarios: RestComponent;
  let workers: RestComponent;
  beforeAll(async () => {
    scenarios = await host.deploy("it:counters", await foreignComponent("rust-scenarios"));
    workers = await host.deploy("it:sums", await foreignComponent("rust-workers"));
  });

  const last = (numberOfInvocations: number) =>
    ({ type: "revertLastInvocations", numberOfInvocations }) as const;
  const to = (lastOplogIndex: number) => ({ type: "revertToOplogIndex", lastOplogIndex }) as const;

  test("undoes the last invocations, and not those before", async () => {
    const worker = scenarios.worker("counters");
    const [first, second] = [
      await worker.call(counter("[constructor]counter"), "counter1"),
      await worker.call(counter("[constructor]counter"), "counter2"),
    ];
    const increase = (handle: unknown, by: number) =>
      worker.call(counter("[method]counter.inc-by"), handle, by);
    const valueOf = (handle: unknown) => worker.call(counter("[method]counter.get-value"), handle);
    await increase(first, 5);
    await increase(second, 1);
    await increase(second, 2);
    expect([await valueOf(first), await valueOf(second)]).toEqual([5, 3]);
    expect(await worker.revert(last(3))).toMatchObject(DONE);
    expect([await valueOf(first), await valueOf(second)]).toEqual([5, 1]);
    expect((await worker.search("revert")).map(({ entry }) => entry.type)).toEqual(["Revert"]);
  });

  test("undoes what came after an index of the oplog", async () => {
    const worker = scenarios.worker("index");
    await worker.call(counter("inc-global-by"), 1);
    const { length } = await worker.oplog();
    await worker.call(counter("inc-global-by"), 2);
    expect(await worker.revert(to(length))).toMatchObject(DONE);
    expect(await worker.call(counter("get-global-value"))).toBe(1);
    await host.restart();
    expect(await worker.call(counter("get-global-value"))).toBe(1);
  });

  test("gives a failed worker back as it was before it failed", async () => {
    const worker = workers.worker("failed");
    await worker.call(sum("add"), 5);
    expect(await worker.failure(sum("add"), 50)).toMatchObject({ type: "RuntimeError" });
    expect(await worker.failure(sum("get"))).toMatchObject({ type: "PreviousInvocationFailed" });
    expect(await worker.revert(last(1))).toMatchObject(DONE);
    expect(await worker.call(sum("get"))).toBe(5);
    expect(await worker.metadata()).toMatchObject({ status: "Idle", lastError: null });
  });

  test("to the begin of the invocation that failed has it fail again, for the same reason", async () => {
    const worker = workers.worker("failed-again");
    await worker.call(sum("add"), 5);
    await worker.failure(sum("add"), 50);
    const begin = (await worker.oplog()).findLast(({ entry }) => entry.type === "ExportedFunctionInvoked");
    expect(await worker.revert(to(begin?.oplogIndex ?? 0))).toMatchObject(DONE);
    const { details } = await worker.failure(sum("get"));
    expect(details).toContain("value is too large");
    expect(details).not.toMatch(/oplog/i);
  });

  test("undoes an update too, of which no trace is left", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("updated");
    await component.create("updated", [], {});
    await worker.update("Automatic", await component.newVersion(programs.program(2)));
    expect(await worker.call(fn("f2"))).toBe(0);
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1"]);
    expect(await worker.revert(to(1))).toMatchObject(DONE);
    expect(await worker.call(fn("f2"))).toBeGreaterThan(0);
    expect(await worker.metadata()).toMatchObject({ componentVersion: 0, updates: [] });
  });

  test("goes only as far as there is something", async () => {
    const worker = scenarios.worker("far");
    await worker.call(counter("inc-global-by"), 1);
    expect(await worker.revert(last(2))).toMatchObject(refused());
    expect(await worker.revert(to(1_000))).toMatchObject(refused());
    expect(await scenarios.worker("nobody").revert(to(1))).toMatchObject({
      status: 404,
      body: { error: `Worker not found: ${scenarios.id}/nobody` },
    });
    expect(await worker.call(counter("get-global-value"))).toBe(1);
  });

  test("is made by another worker", async () => {
    const worker = workers.worker("reverted");
    await worker.call(sum("add"), 1);
    await worker.call(sum("add"), 2);
    await workers
      .worker("reverter")
      .call("golem:it/workers.{revert-worker}", workers.workerIdValue("reverted"), {
        "revert-last-invocations": 1,
      });
    expect(await worker.call(sum("get"))).toBe(1);
  });
});
