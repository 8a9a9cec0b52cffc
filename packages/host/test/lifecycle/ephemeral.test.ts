import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { failure, Hosted, story } from "../hosted.ts";

describe("an ephemeral worker", () => {
  let hosted: Hosted;
  beforeAll(async () => {
    hosted = await Hosted.open(["probe"], { suspendAfter: 50 });
    await hosted.host.components.update(hosted.componentId("probe"), {
      ...(await fixtureComponent("probe")),
      componentType: "Ephemeral",
    });
  });
  afterAll(() => hosted[Symbol.asyncDispose]());

  test("is a fresh one in each invocation", async () => {
    const worker = hosted.worker("fresh");
    expect(await worker.call("add", 1n)).toBe(1n);
    expect(await worker.call("add", 1n)).toBe(1n);
    expect(await worker.metadata()).toMatchObject({ status: "Idle", lastError: null });
  });

  test("says in its oplog when it begins anew, and keeps what it did", async () => {
    const worker = hosted.worker("oplog");
    await worker.call("add", 1n);
    await worker.call("add", 2n);
    expect(story(await worker.oplog()).filter((each) => !each.startsWith("Imported"))).toEqual([
      "Create",
      "PendingWorkerInvocation",
      "Restart",
      "ExportedFunctionInvoked test:probe-exports/api.{add}",
      "ExportedFunctionCompleted",
      "Restart",
      "ExportedFunctionInvoked test:probe-exports/api.{add}",
      "ExportedFunctionCompleted",
    ]);
  });

  test("is a fresh one for each of those that wait, in their order", async () => {
    const worker = hosted.worker("queue");
    const results = Promise.all([1n, 2n, 3n].map((by) => worker.call("add", by)));
    expect(await results).toEqual([1n, 2n, 3n]);
  });

  test("gives the result of a key again, also after a restart of the host", async () => {
    const worker = hosted.worker("key");
    expect(await worker.callWithKey("k", "append", "ephemeral-key", "x")).toBe("x");
    await hosted.restart();
    expect(await worker.callWithKey("k", "append", "ephemeral-key", "x")).toBe("x");
  });

  test("is not tried again when it fails, and fails nobody else", async () => {
    const worker = hosted.worker("fails");
    expect(await failure(worker.call("fail", "once"))).toMatch(/^RuntimeError: /);
    const entries = story(await worker.oplog());
    expect(entries.filter((each) => each === "Error")).toHaveLength(1);
    expect(await worker.status()).toBe("Idle");
    expect(await worker.call("add", 1n)).toBe(1n);
  });

  test("stays in memory while it sleeps", async () => {
    const worker = hosted.worker("sleeps");
    expect(await worker.call("sleep", 100)).toBeGreaterThanOrEqual(100n);
    expect(story(await worker.oplog())).not.toContain("Suspend");
  });

  test("cannot wait for what would need it to come back", async () => {
    expect(await failure(hosted.worker("promise").call("new-promise"))).toBe(
      "RuntimeError: An ephemeral worker cannot wait for a promise",
    );
  });

  test("is not begun again when the host ends in the middle of it", async () => {
    const worker = hosted.worker("lost");
    const lost = failure(worker.callWithKey("k", "sleep", 30_000));
    await expect
      .poll(async () => story(await worker.oplog()), { interval: 10 })
      .toContainEqual(expect.stringContaining("ExportedFunctionInvoked"));
    await hosted.restart();
    await lost;
    expect(await worker.call("add", 1n)).toBe(1n);
  });

  test("cannot be updated", async () => {
    const worker = hosted.worker("update");
    await worker.call("add", 1n);
    expect(await failure(hosted.host.workers.update(worker.id, "Automatic", 0))).toBe(
      "InvalidRequest: Ephemeral workers cannot be updated",
    );
  });
});
