import { describe, expect, test } from "vitest";

import { type HostedWorker, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

describe("a sleep shorter than the host's limit", () => {
  const hosted = sharedHost(["probe"], { suspendAfter: 10_000 });

  test("stays in memory", async () => {
    const worker = hosted().worker("short");
    expect(await worker.call("sleep", 30)).toBeGreaterThanOrEqual(30n);
    expect(story(await worker.oplog())).not.toContain("Suspend");
  });

  test("does not keep the other workers of a shard from working", async () => {
    const sleeper = hosted().worker("sleeper");
    const slept = sleeper.call("sleep", 300);
    expect(await hosted().worker("busy").call("add", 1n)).toBe(1n);
    expect(await sleeper.status()).toBe("Running");
    await slept;
  });
});

describe("a sleep longer than the host's limit", () => {
  const hosted = sharedHost(["probe"], { suspendAfter: 50 });

  test("suspends the worker, which wakes in time", async () => {
    const worker = hosted().worker("long");
    const slept = worker.call("sleep", 400);
    await expect.poll(() => worker.status(), { interval: 10 }).toBe("Suspended");
    expect(await slept).toBeGreaterThanOrEqual(400n);
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

const HOUR = 3_600_000;

describe("a sleep of an hour that is cut short after half of it ends when it was to end,", () => {
  const hosted = sharedHost(["probe"], { suspendAfter: 2 * HOUR });
  const clock = () => hosted().host.simulation.clock;

  /** Begun anew it would never end: nothing moves the clock further. */
  async function sleepThrough(worker: HostedWorker, cut: () => Promise<void>): Promise<void> {
    await worker.triggerWithKey("k", "sleep", HOUR);
    await clock().advance(HOUR / 2);
    expect(await worker.status()).toBe("Running");
    await cut();
    await clock().advance(HOUR / 2);
    expect(Number(await worker.callWithKey("k", "sleep", HOUR))).toBeGreaterThanOrEqual(HOUR);
  }

  test("by a crash", async () => {
    const worker = hosted().worker("crashed");
    await sleepThrough(worker, () => worker.crash());
  });

  test("by a restart of the host", async () => {
    await sleepThrough(hosted().worker("restarted"), () => hosted().restart({ clockAhead: clock().ahead }));
  });
});
