import { describe, expect, test } from "vitest";

import { Hosted, type HostedWorker, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const HOUR = 3_600_000;

describe("a sleep shorter than the host's limit", () => {
  const hosted = sharedHost(["probe"], { suspendAfter: 10_000 });

  test("stays in memory", async () => {
    const worker = hosted().worker("short");
    expect(await worker.call("sleep", 30)).toBeGreaterThanOrEqual(30n);
    expect(story(await worker.oplog())).not.toContain("Suspend");
  });
});

describe("a sleep longer than the host's limit", () => {
  const hosted = sharedHost(["probe"], { suspendAfter: 50 });

  test("suspends the worker, which wakes in time", async () => {
    const worker = hosted().worker("long");
    const slept = worker.call("sleep", HOUR);
    await expect.poll(() => worker.status(), { interval: 10 }).toBe("Suspended");
    await hosted().host.simulation.clock.advance(HOUR);
    expect(Number(await slept)).toBeGreaterThanOrEqual(HOUR);
    expect(story(await worker.oplog()).filter((type) => type === "Suspend")).toHaveLength(1);
  });

  test("that ended while the host was down ends when it is back", async () => {
    const worker = hosted().worker("over");
    const begin = Date.now();
    await worker.triggerWithKey("k", "sleep", 120);
    await hosted().stop();
    await expect.poll(() => Date.now()).toBeGreaterThan(begin + 120);
    await hosted().start();
    await expect.poll(() => worker.status(), { timeout: 20_000 }).toBe("Idle");
  });

  test("in an atomic region ends, however long it is", async () => {
    const worker = hosted().worker("region");
    await worker.call("region-with-sleep", 200);
    expect(await worker.call("get", "in-region")).toBe("1");
  });
});

/** Begun anew after the cut it would never end: nothing moves the clock further. */
async function halves(hosted: Hosted, worker: HostedWorker, cut: () => Promise<void>): Promise<void> {
  await worker.triggerWithKey("k", "sleep", HOUR);
  await hosted.host.simulation.clock.advance(HOUR / 2);
  await cut();
  await hosted.host.simulation.clock.advance(HOUR / 2);
  expect(Number(await worker.callWithKey("k", "sleep", HOUR))).toBeGreaterThanOrEqual(HOUR);
}

describe("a sleep of an hour in memory", () => {
  const hosted = sharedHost(["probe"], { suspendAfter: 2 * HOUR });

  test("does not keep the other workers of a shard from working", async () => {
    const sleeper = hosted().worker("sleeper");
    const slept = sleeper.call("sleep", HOUR);
    expect(await hosted().worker("busy").call("add", 1n)).toBe(1n);
    expect(await sleeper.status()).toBe("Running");
    await hosted().host.simulation.clock.advance(HOUR);
    await slept;
  });

  test("that a crash cuts short ends when it was to end", async () => {
    const worker = hosted().worker("crashed");
    await halves(hosted(), worker, () => worker.crash());
  });
});

test("a sleep of an hour out of memory ends when it was to end, though the host is restarted meanwhile", async () => {
  await using hosted = await Hosted.open(["probe"], { suspendAfter: 50 });
  await halves(hosted, hosted.worker("restarted"), () => hosted.restart());
});
