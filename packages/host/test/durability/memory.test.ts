import { describe, expect, test } from "vitest";

import type { HostOptions } from "../../src/index.ts";
import { Hosted, story } from "../hosted.ts";

/** What a worker has recorded after three calls, on a host of its own. */
async function storyOfCalls(options: HostOptions = {}): Promise<readonly string[]> {
  await using hosted = await Hosted.open(["probe"], options);
  const worker = hosted.worker("a");
  for (let call = 0; call < 3; call += 1) await worker.call("add", 1n);
  return story(await worker.oplog());
}

describe("instances", () => {
  test("that leave memory come back with their state", async () => {
    await using hosted = await Hosted.open(["probe"], { maxIdleInstances: 1 });
    const names = ["a", "b", "c"];
    for (const name of names) await hosted.worker(name).call("add", 1n);
    for (const name of names) expect(await hosted.worker(name).call("add", 10n)).toBe(11n);
    for (const name of names) expect(await hosted.worker(name).call("add", 0n)).toBe(11n);
  });

  test("can all leave memory", async () => {
    await using hosted = await Hosted.open(["probe"], { maxIdleInstances: 0 });
    const worker = hosted.worker("a");
    for (let sum = 1n; sum <= 5n; sum += 1n) expect(await worker.call("add", 1n)).toBe(sum);
  });

  test("leave no trace in the oplog when they leave memory", async () => {
    expect(await storyOfCalls({ maxIdleInstances: 0 })).toEqual(await storyOfCalls());
  });
});

describe("workers that are forgotten for want of memory", () => {
  const forgetful = { maxIdleMemory: 0 };

  test("come back with their state", async () => {
    await using hosted = await Hosted.open(["probe"], forgetful);
    const names = ["a", "b", "c"];
    for (const name of names) await hosted.worker(name).call("add", 1n);
    for (const name of names) expect(await hosted.worker(name).call("add", 10n)).toBe(11n);
  });

  test("leave no trace in the oplog", async () => {
    expect(await storyOfCalls(forgetful)).toEqual(await storyOfCalls());
  });

  test("still know which invocations they have run", async () => {
    await using hosted = await Hosted.open(["probe"], forgetful);
    const worker = hosted.worker("a");
    await worker.callWithKey("once", "add", 1n);
    await hosted.worker("b").call("add", 1n);
    expect(await worker.callWithKey("once", "add", 1n)).toBe(1n);
    expect(await worker.call("add", 0n)).toBe(1n);
  });

  test("are listed all the same", async () => {
    await using hosted = await Hosted.open(["probe"], forgetful);
    const names = Array.from({ length: 9 }, (_, at) => `w${at}`);
    await Promise.all(names.map((name) => hosted.worker(name).call("add", 1n)));
    const { workers } = await hosted.host.workers.list(hosted.componentId("probe"));
    expect(workers.map(({ workerId, status }) => `${workerId.workerName} ${status}`).toSorted()).toEqual(
      names.map((name) => `${name} Idle`),
    );
  });

  test("are kept while somebody waits for what they do", async () => {
    await using hosted = await Hosted.open(["probe"], { ...forgetful, suspendAfter: 0 });
    const slept = hosted.worker("sleeper").call("sleep", 3_600_000);
    await expect.poll(() => hosted.worker("sleeper").status(), { timeout: 20_000 }).toBe("Suspended");
    for (const name of ["b", "c"]) await hosted.worker(name).call("add", 1n);
    await hosted.host.simulation.clock.advance(3_600_000);
    await slept;
    expect(await hosted.worker("sleeper").status()).toBe("Idle");
  });
});

describe("the number of shards", () => {
  test("does not show in the oplogs", async () => {
    const oplogs = [];
    for (const shards of [1, 4]) {
      await using hosted = await Hosted.open(["probe"], { shards });
      const workers = Array.from({ length: 6 }, (_, at) => hosted.worker(`w${at}`));
      await Promise.all(
        workers.map(async (worker) => {
          await worker.callWithKey("a", "append", worker.id.workerName, "x");
          await worker.callWithKey("b", "fail-until", 1);
          await worker.callWithKey("c", "key");
        }),
      );
      oplogs.push(await Promise.all(workers.map(async (worker) => story(await worker.oplog()))));
    }
    expect(oplogs[0]).toEqual(oplogs[1]);
  });

  test("can change from one start to the next", async () => {
    await using hosted = await Hosted.open(["probe"], { shards: 4 });
    const workers = Array.from({ length: 8 }, (_, at) => hosted.worker(`w${at}`));
    await Promise.all(workers.map((worker) => worker.call("add", 1n)));
    await hosted.restart({ shards: 3 });
    expect(await Promise.all(workers.map((worker) => worker.call("add", 1n)))).toEqual(Array(8).fill(2n));
  });

  test("does not hide workers from a worker that looks for its neighbours", async () => {
    await using hosted = await Hosted.open(["probe"], { shards: 2 });
    const names = Array.from({ length: 7 }, (_, at) => `w${at}`);
    await Promise.all(names.map((name) => hosted.worker(name).call("add", 1n)));
    expect(((await hosted.worker("w0").call("neighbours")) as string[]).toSorted()).toEqual(names);
  });
});
