import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { failure, Hosted, type HostedWorker, story } from "../hosted.ts";

describe("a reverted worker", () => {
  let hosted: Hosted;
  beforeAll(async () => {
    hosted = await Hosted.open(["probe"], { suspendAfter: 60_000 });
  });
  afterAll(() => hosted[Symbol.asyncDispose]());

  const revertTo = ({ id }: HostedWorker, lastOplogIndex: number) =>
    hosted.host.workers.revert(id, { type: "revertToOplogIndex", lastOplogIndex });
  const revertLast = ({ id }: HostedWorker, numberOfInvocations: number) =>
    hosted.host.workers.revert(id, { type: "revertLastInvocations", numberOfInvocations });

  async function lastIndex(worker: HostedWorker): Promise<number> {
    return (await worker.oplog()).length;
  }

  test("forgets its last invocations", async () => {
    const worker = hosted.worker("last");
    for (const by of [1n, 10n, 100n]) await worker.call("add", by);
    await revertLast(worker, 2);
    expect(await worker.call("add", 1000n)).toBe(1001n);
  });

  test("forgets what came after an index of its oplog", async () => {
    const worker = hosted.worker("index");
    await worker.call("add", 1n);
    const index = await lastIndex(worker);
    await worker.call("add", 10n);
    await revertTo(worker, index);
    expect(await worker.call("add", 100n)).toBe(101n);
  });

  test("is as new when it is reverted to its first entry", async () => {
    const worker = hosted.worker("first");
    await worker.call("add", 1n);
    await revertTo(worker, 1);
    expect(await worker.call("add", 10n)).toBe(10n);
  });

  test("stays reverted when the host starts again", async () => {
    const worker = hosted.worker("stays");
    for (const by of [1n, 10n]) await worker.call("add", by);
    await revertLast(worker, 1);
    await worker.call("add", 100n);
    await hosted.restart();
    expect(await worker.call("add", 1000n)).toBe(1101n);
  });

  test("says in its oplog what was dropped", async () => {
    const worker = hosted.worker("oplog");
    await worker.call("add", 1n);
    const before = await lastIndex(worker);
    await worker.call("add", 10n);
    const end = await lastIndex(worker);
    await revertTo(worker, before);
    expect((await worker.oplog()).at(-1)?.entry).toMatchObject({
      type: "Revert",
      droppedRegion: { start: before + 1, end },
    });
  });

  test("is not Failed any more", async () => {
    const worker = hosted.worker("failed");
    await worker.call("retry-fast", 1);
    await worker.call("add", 1n);
    await failure(worker.call("fail", "for good"));
    expect(await worker.status()).toBe("Failed");
    await revertLast(worker, 1);
    expect(await worker.metadata()).toMatchObject({ status: "Idle", lastError: null, retryCount: 0 });
    expect(await worker.call("add", 1n)).toBe(2n);
  });

  test("runs a key again whose invocation was reverted", async () => {
    const worker = hosted.worker("key");
    await worker.callWithKey("k", "add", 1n);
    await revertLast(worker, 1);
    await worker.call("add", 10n);
    expect(await worker.callWithKey("k", "add", 1n)).toBe(11n);
  });

  test("goes on with an invocation whose begin stays", async () => {
    const worker = hosted.worker("goes-on");
    const kept = worker.callWithKey("k", "sleep", 400);
    await expect
      .poll(async () => story(await worker.oplog()), { interval: 10 })
      .toContain("ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    const begin = (await worker.oplog()).find(({ entry }) => entry.type === "ExportedFunctionInvoked");
    await revertTo(worker, begin?.oplogIndex ?? 0);
    expect(await kept).toBeGreaterThanOrEqual(400n);
  });

  test("tells who awaits a reverted invocation, and runs none that waited for its end", async () => {
    const worker = hosted.worker("waiting");
    await worker.call("add", 1n);
    const index = await lastIndex(worker);
    const running = failure(worker.call("sleep", 30_000));
    await expect.poll(() => worker.status()).toBe("Running");
    const queued = failure(worker.call("add", 10n));
    await expect.poll(async () => (await worker.metadata()).pendingInvocationCount).toBe(1);
    await revertTo(worker, index);
    expect(await Promise.all([running, queued])).toEqual([
      "InvalidRequest: The invocation was reverted",
      "InvalidRequest: The invocation was reverted",
    ]);
    expect(await worker.call("add", 100n)).toBe(101n);
  });

  test("does not run again what was taken from the queue and reverted", async () => {
    const worker = hosted.worker("queued");
    const first = worker.call("sleep", 9_000);
    await expect.poll(() => worker.status()).toBe("Running");
    for (const text of ["0", "1"]) await worker.trigger("append", "queued", text);
    await hosted.host.simulation.clock.advance(9_000);
    await first;
    await expect.poll(() => worker.status()).toBe("Idle");
    await revertLast(worker, 1);
    expect(await worker.metadata()).toMatchObject({ status: "Idle", pendingInvocationCount: 0 });
    expect(await worker.call("get", "queued")).toBe("01");
  });

  test("cannot be reverted to where its oplog has nothing", async () => {
    const worker = hosted.worker("bounds");
    await worker.call("add", 1n);
    const end = await lastIndex(worker);
    for (const index of [0, end + 1])
      expect(await failure(revertTo(worker, index))).toBe(
        `InvalidRequest: Cannot revert to oplog index ${index}: it must be between 1 and ${end}`,
      );
    expect(await failure(revertLast(worker, 2))).toBe(
      "InvalidRequest: Could not find 2 invocations to revert: the worker has run 1",
    );
    expect(await lastIndex(worker)).toBe(end);
  });

  test("cannot be reverted to what an earlier revert dropped", async () => {
    const worker = hosted.worker("dropped");
    await worker.call("add", 1n);
    const dropped = await lastIndex(worker);
    await revertLast(worker, 1);
    await worker.call("add", 1n);
    expect(await failure(revertTo(worker, dropped))).toMatch(/^InvalidRequest: .*deleted region/);
  });

  test("can be reverted again, further", async () => {
    const worker = hosted.worker("twice");
    for (const by of [1n, 10n, 100n]) await worker.call("add", by);
    await revertLast(worker, 1);
    await revertLast(worker, 1);
    await hosted.restart();
    expect(await worker.call("add", 1000n)).toBe(1001n);
  });

  test("must exist", async () => {
    expect(await failure(revertTo(hosted.worker("nobody"), 1))).toMatch(/^WorkerNotFound: /);
  });
});
