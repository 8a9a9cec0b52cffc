import { describe, expect, test } from "vitest";

import { failure, type HostedWorker, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const INTERRUPTED = "RuntimeError: Interrupted via the Golem API";

describe("a worker", () => {
  const hosted = sharedHost(["probe"], { suspendAfter: 60_000 });

  /** A worker in the middle of an invocation with the key `k`. */
  async function sleeping(name: string, milliseconds: number): Promise<[HostedWorker, Promise<string>]> {
    const worker = hosted().worker(name);
    const result = failure(worker.callWithKey("k", "sleep", milliseconds));
    await expect
      .poll(async () => story(await worker.oplog()), { interval: 10 })
      .toContain("ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    return [worker, result];
  }

  test("comes to be with its first invocation", async () => {
    const worker = hosted().worker("first");
    expect(await failure(worker.metadata())).toMatch(/^WorkerNotFound: /);
    await worker.call("add", 1n);
    expect(await worker.metadata()).toMatchObject({ status: "Idle", componentVersion: 0, args: [], env: {} });
  });

  test("that was created has its arguments and environment", async () => {
    const worker = hosted().worker("created");
    await hosted().host.workers.create(worker.id.componentId, {
      name: "created",
      args: ["-v"],
      env: { COLOR: "green", GOLEM_WORKER_NAME: "another" },
    });
    expect(await worker.metadata()).toMatchObject({ args: ["-v"], env: { COLOR: "green" } });
    expect(await worker.call("environment")).toEqual([
      ["COLOR", "green"],
      ["GOLEM_WORKER_NAME", "created"],
      ["GOLEM_COMPONENT_ID", worker.id.componentId],
      ["GOLEM_COMPONENT_VERSION", "0"],
    ]);
  });

  test("cannot be created twice", async () => {
    const create = () => hosted().host.workers.create(hosted().componentId("probe"), { name: "twin" });
    await create();
    expect(await failure(create())).toMatch(/^WorkerAlreadyExists: .*twin/);
  });

  test("runs its invocations in the order in which they came", async () => {
    const worker = hosted().worker("order");
    const [slow] = [worker.call("sleep", 50)];
    await Promise.all(["a", "b", "c", "d"].map((letter) => worker.trigger("append", "order", letter)));
    expect(await worker.call("append", "order", "e")).toBe("abcde");
    await slow;
  });

  test("tells how many invocations wait", async () => {
    const [worker, first] = await sleeping("counting", 300);
    await worker.trigger("bump", 1n);
    await worker.trigger("bump", 1n);
    expect((await worker.metadata()).pendingInvocationCount).toBe(2);
    await first;
    await expect.poll(async () => (await worker.metadata()).pendingInvocationCount).toBe(0);
  });

  test("does not run an invocation that was cancelled in time", async () => {
    const [worker, first] = await sleeping("cancelling", 200);
    await worker.triggerWithKey("cancelled", "bump", 100n);
    expect(await hosted().host.workers.cancelInvocation(worker.id, "cancelled")).toBe(true);
    await first;
    expect(await worker.call("add", 1n)).toBe(1n);
  });

  test("tells who awaits a cancelled invocation", async () => {
    const [worker, first] = await sleeping("cancelling-awaited", 200);
    const cancelled = failure(worker.callWithKey("cancelled", "add", 1n));
    await expect.poll(async () => (await worker.metadata()).pendingInvocationCount).toBe(1);
    await hosted().host.workers.cancelInvocation(worker.id, "cancelled");
    expect(await cancelled).toMatch(/cancelled/);
    await first;
  });

  test("cannot take back what has begun or is over", async () => {
    const [worker, first] = await sleeping("too-late", 200);
    expect(await hosted().host.workers.cancelInvocation(worker.id, "k")).toBe(false);
    await first;
    expect(await hosted().host.workers.cancelInvocation(worker.id, "k")).toBe(false);
  });

  test("knows nothing of an invocation that never was", async () => {
    const worker = hosted().worker("never");
    await worker.call("add", 1n);
    expect(await failure(hosted().host.workers.cancelInvocation(worker.id, "never"))).toMatch(
      /^InvalidRequest: /,
    );
  });

  test("that is interrupted stops at once and says so", async () => {
    const [worker, result] = await sleeping("interrupted", 30_000);
    await worker.interrupt();
    expect(await result).toBe(INTERRUPTED);
    expect(await worker.status()).toBe("Interrupted");
  });

  test("that is interrupted goes on when it is resumed", async () => {
    const [worker, result] = await sleeping("resumed", 300);
    await worker.interrupt();
    await result;
    await worker.resume();
    await expect.poll(() => worker.status()).toBe("Idle");
    expect(await worker.callWithKey("k", "sleep", 300)).toBeGreaterThanOrEqual(300n);
    expect(
      story(await worker.oplog()).filter((each) => each.startsWith("ExportedFunctionInvoked")),
    ).toHaveLength(1);
  });

  test("that is interrupted finishes that first when it is invoked again", async () => {
    const [worker, result] = await sleeping("invoked-again", 100);
    await worker.interrupt();
    await result;
    expect(await worker.call("add", 1n)).toBe(1n);
    expect(await worker.callWithKey("k", "sleep", 100)).toBeGreaterThanOrEqual(100n);
  });

  test("that is interrupted stays so across a restart of the host", async () => {
    const [worker, result] = await sleeping("stays", 100);
    await worker.interrupt();
    await result;
    await hosted().restart();
    expect(await worker.status()).toBe("Interrupted");
  });

  test("that waits for a promise is interrupted too", async () => {
    const worker = hosted().worker("suspended");
    const index = await worker.call("create-promise");
    const result = failure(worker.callWithKey("k", "await-promise", index));
    await expect.poll(() => worker.status()).toBe("Suspended");
    await worker.interrupt();
    expect(await worker.status()).toBe("Interrupted");
    expect(await result).toBe(INTERRUPTED);
  });

  test("that has nothing to do is not interrupted", async () => {
    const worker = hosted().worker("idle");
    await worker.call("add", 1n);
    await worker.interrupt();
    expect(await worker.status()).toBe("Idle");
  });

  test("cannot be resumed while it runs", async () => {
    const [worker, result] = await sleeping("runs", 200);
    expect(await failure(worker.resume())).toBe("InvalidRequest: Cannot resume a worker that is Running");
    await result;
  });

  test("that crashes again and again still finishes", async () => {
    const [worker, result] = await sleeping("crashes", 300);
    for (let crash = 0; crash < 5; crash += 1) await worker.crash();
    expect(await result).toMatch(/^resolved: /);
  });

  test("that is deleted is gone with all that it had", async () => {
    const worker = hosted().worker("deleted");
    await worker.call("add", 5n);
    await hosted().host.workers.delete(worker.id);
    expect(await failure(worker.metadata())).toMatch(/^WorkerNotFound: /);
    expect(await worker.oplog()).toEqual([]);
    expect(await worker.call("add", 1n)).toBe(1n);
  });

  test("that is deleted in the middle of an invocation leaves nobody waiting", async () => {
    const [worker, result] = await sleeping("deleted-busy", 30_000);
    const behind = failure(worker.call("add", 1n));
    await expect.poll(async () => (await worker.metadata()).pendingInvocationCount).toBe(1);
    await hosted().host.workers.delete(worker.id);
    expect(await result).toBe(INTERRUPTED);
    expect(await behind).toBe(INTERRUPTED);
  });

  test("that is deleted while it is suspended leaves nobody waiting", async () => {
    const worker = hosted().worker("deleted-suspended");
    const index = await worker.call("create-promise");
    const result = failure(worker.callWithKey("k", "await-promise", index));
    await expect.poll(() => worker.status()).toBe("Suspended");
    await hosted().host.workers.delete(worker.id);
    expect(await result).toBe(INTERRUPTED);
  });

  test("that does not exist can be deleted and interrupted", async () => {
    const nobody = hosted().worker("nobody");
    await hosted().host.workers.delete(nobody.id);
    await nobody.interrupt();
    expect(await failure(nobody.metadata())).toMatch(/^WorkerNotFound: /);
  });

  test("of an unknown component cannot be", async () => {
    const componentId = crypto.randomUUID();
    const invocation = { function: "a:b/c.{d}", params: { form: "values", values: [] } } as const;
    expect(
      await failure(hosted().host.workers.invokeAndAwait({ componentId, workerName: "w" }, invocation)),
    ).toBe(`ComponentNotFound: Component not found: ${componentId}`);
  });

  test.each(["", "a b", "a/b", "-a", "a".repeat(513)])("cannot be named %j", async (name) => {
    expect(await failure(hosted().worker(name).call("add", 1n))).toMatch(
      /^InvalidRequest: Invalid worker name/,
    );
  });

  test("keeps the resources that it gave away, by handle and by the arguments they were made with", async () => {
    const worker = hosted().worker("resources");
    const handle = await worker.call("tally.new", 3);
    await worker.call("tally(5).add", 1);
    await worker.crash();
    expect(await worker.call("tally.add", handle, 4)).toBe(7);
    expect(await worker.call("tally(5).add", 1)).toBe(7);
    expect(await worker.call("[static]tally.sum", 1, 2)).toBe(3);
  });

  test("that never yields can be interrupted, and the others go on", async () => {
    const worker = hosted().worker("never-yields");
    const other = hosted().worker("other");
    await other.call("add", 1n);
    const result = failure(worker.callWithKey("k", "busy", 2 ** 32 - 1));
    await worker.interrupt();
    expect(await result).toBe(INTERRUPTED);
    expect(await worker.status()).toBe("Interrupted");
    expect(await other.call("add", 1n)).toBe(2n);
  });
});
