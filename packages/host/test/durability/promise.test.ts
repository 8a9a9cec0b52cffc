import { describe, expect, test } from "vitest";

import { failure, Hosted, type HostedWorker } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a promise", () => {
  const hosted = sharedHost(["probe"], { shards: 2 });

  const complete = (worker: HostedWorker, index: number, data: string): Promise<boolean> =>
    hosted().host.workers.completePromise(worker.id, index, bytes(data));

  /** A worker that waits for a promise of its own, and the promise's index. */
  async function waiting(name: string): Promise<[HostedWorker, number, Promise<unknown>]> {
    const worker = hosted().worker(name);
    const index = Number(await worker.call("create-promise"));
    const result = worker.call("await-promise", BigInt(index));
    result.catch(() => undefined);
    await expect.poll(() => worker.status()).toBe("Suspended");
    return [worker, index, result];
  }

  test("suspends the worker that awaits it", async () => {
    const [worker, index, result] = await waiting("suspends");
    expect((await worker.oplog()).at(-1)?.entry.type).toBe("Suspend");
    await complete(worker, index, "");
    await result;
  });

  test("that is completed from outside wakes the worker with its data", async () => {
    const [worker, index, result] = await waiting("from-outside");
    expect(await complete(worker, index, "hello")).toBe(true);
    expect(await result).toBe("hello");
  });

  test.each(["neighbour-1", "neighbour-2", "neighbour-3", "neighbour-4"])(
    "that is completed by another worker (%s) wakes its worker",
    async (neighbour) => {
      const [worker, index, result] = await waiting(`woken-by-${neighbour}`);
      const completing = hosted()
        .worker(neighbour)
        .call("complete-promise", worker.id.workerName, BigInt(index), "hi");
      expect(await completing).toBe(true);
      expect(await result).toBe("hi");
    },
  );

  test("that is completed before it is awaited suspends nobody", async () => {
    const worker = hosted().worker("early");
    const index = Number(await worker.call("create-promise"));
    await complete(worker, index, "early");
    expect(await worker.call("await-promise", BigInt(index))).toBe("early");
    expect((await worker.oplog()).some(({ entry }) => entry.type === "Suspend")).toBe(false);
  });

  test("is completed once: the first data wins", async () => {
    const worker = hosted().worker("twice");
    const index = Number(await worker.call("create-promise"));
    expect(await complete(worker, index, "first")).toBe(true);
    expect(await complete(worker, index, "second")).toBe(false);
    expect(await worker.call("await-promise", BigInt(index))).toBe("first");
  });

  test("that nobody created cannot be completed", async () => {
    const worker = hosted().worker("unknown");
    await worker.call("add", 1n);
    expect(await failure(complete(worker, 4711, ""))).toMatch(/^PromiseNotFound: .*4711/);
  });

  test("wakes a worker that came back with a new host", async () => {
    const [worker, index, result] = await waiting("across-restart");
    await hosted().restart();
    await expect(result).rejects.toThrow("closed");
    expect(await worker.status()).toBe("Suspended");
    await complete(worker, index, "after");
    await expect.poll(() => worker.status()).toBe("Idle");
  });

  test("gives its data again after a crash", async () => {
    const worker = hosted().worker("crash");
    expect(await worker.call("fleeting-promise", "kept")).toBe("kept");
    await worker.crash();
    expect(await worker.call("add", 1n)).toBe(1n);
  });

  test("goes with its worker", async () => {
    const [worker, index] = await waiting("deleted");
    await hosted().host.workers.delete(worker.id);
    expect(await failure(complete(worker, index, ""))).toMatch(/^PromiseNotFound/);
  });
});

test("a promise that was completed as the process died wakes its worker in the next one", async () => {
  await using hosted = await Hosted.open();
  const worker = hosted.worker("sleeper");
  const index = Number(await worker.call("create-promise"));
  await worker.triggerWithKey("k", "await-promise", BigInt(index));
  await expect.poll(() => worker.status()).toBe("Suspended");
  await hosted.stop();
  hosted.completePromiseOffline(worker.id, index, bytes("late"));
  await hosted.start();
  expect(await worker.callWithKey("k", "await-promise", BigInt(index))).toBe("late");
});
