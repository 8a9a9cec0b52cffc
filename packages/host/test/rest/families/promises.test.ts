import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const fn = (name: string): string => `golem:it/promises.{${name}}`;

describe("a promise", () => {
  const host = new RestHost();
  let component: RestComponent;
  beforeAll(async () => {
    component = await host.deploy("it:promises", await foreignComponent("rust-workers"));
  });

  /** A worker with a promise: its index, and how components name it. */
  async function promised(name: string) {
    const worker = component.worker(name);
    const { "oplog-idx": index } = (await worker.call(fn("create"))) as { readonly "oplog-idx": number };
    return { worker, index, id: { "worker-id": component.workerIdValue(name), "oplog-idx": index } };
  }

  test("of a worker whose first call makes it has the index 4, behind the call that waited for the instance", async () => {
    const { worker, index } = await promised("first");
    expect(index).toBe(4);
    expect((await worker.oplog()).slice(0, 4).map(({ entry }) => entry.type)).toEqual([
      "Create",
      "PendingWorkerInvocation",
      "ExportedFunctionInvoked",
      "NoOp",
    ]);
  });

  test("of a worker that was created before has the index 3", async () => {
    await component.create("created", [], {});
    expect((await promised("created")).index).toBe(3);
  });

  test("suspends the worker that awaits it, until it is completed from outside", async () => {
    const { worker, index, id } = await promised("awaited");
    expect(await worker.call(fn("poll"), id)).toBeNull();
    const result = worker.call(fn("await"), id);
    await worker.reaches("Suspended");
    expect((await worker.oplog()).at(-1)?.entry.type).toBe("Suspend");
    expect(await worker.complete(index, [42])).toMatchObject({ status: 200, body: true });
    expect(await result).toEqual([42]);
    expect(await worker.call(fn("poll"), id)).toEqual([42]);
    expect(await worker.status()).toBe("Idle");
  });

  test("keeps the data that came first", async () => {
    const { worker, index, id } = await promised("twice");
    expect(await worker.complete(index, [1])).toMatchObject({ status: 200, body: true });
    expect(await worker.complete(index, [2])).toMatchObject({ status: 200, body: false });
    expect(await worker.call(fn("complete"), id, [3])).toBe(false);
    expect(await worker.call(fn("await"), id)).toEqual([1]);
  });

  test("is completed by another worker", async () => {
    const { worker, id } = await promised("by-another");
    const result = worker.call(fn("await"), id);
    await worker.reaches("Suspended");
    expect(await component.worker("completing").call(fn("complete"), id, [1, 2, 3])).toBe(true);
    expect(await result).toEqual([1, 2, 3]);
  });

  test("is awaited through a restart of the server", async () => {
    const { worker, index, id } = await promised("restarted");
    await worker.triggerWithKey("k", fn("await"), id);
    await worker.reaches("Suspended");
    await host.restart();
    expect(await worker.status()).toBe("Suspended");
    await worker.complete(index, [7]);
    expect(await worker.invokeWithKey("k", fn("await"), id)).toMatchObject({
      status: 200,
      body: { result: { value: [[7]] } },
    });
  });

  test("is still awaited after the worker was resumed for nothing", async () => {
    const { worker, index, id } = await promised("resumed");
    const result = worker.call(fn("await"), id);
    await worker.reaches("Suspended");
    expect(await worker.resume()).toMatchObject({ status: 200, body: {} });
    await worker.reaches("Suspended");
    await worker.complete(index, [9]);
    expect(await result).toEqual([9]);
  });

  test("keeps calls that come meanwhile waiting: each wakes the worker once", async () => {
    const { worker, index, id } = await promised("queue");
    const result = worker.call(fn("await"), id);
    await worker.reaches("Suspended");
    const later = worker.call(fn("poll"), id);
    const suspensions = async () =>
      (await worker.oplog()).filter(({ entry }) => entry.type === "Suspend").length;
    await expect.poll(suspensions).toBe(2);
    expect(await worker.metadata()).toMatchObject({ status: "Suspended", pendingInvocationCount: 1 });
    await worker.complete(index, [9]);
    expect(await Promise.all([result, later])).toEqual([[9], [9]]);
    expect(await suspensions()).toBe(2);
  });

  test("that is not there cannot be completed", async () => {
    const { worker } = await promised("unknown");
    const promiseId = { workerId: { componentId: component.id, workerName: "unknown" }, oplogIdx: 99 };
    expect(await worker.complete(99, [1])).toMatchObject({
      status: 500,
      body: { golemError: { type: "PromiseNotFound", promiseId } },
    });
  });

  test("that was deleted is gone", async () => {
    const { worker, index, id } = await promised("deleted");
    await worker.call(fn("delete"), id);
    expect(await worker.complete(index, [1])).toMatchObject({
      status: 500,
      body: { golemError: { type: "PromiseNotFound" } },
    });
  });
});
