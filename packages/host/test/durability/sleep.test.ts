import { describe, expect, test } from "vitest";

import { story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

describe("a sleep shorter than the host's limit", () => {
  const hosted = sharedHost(["probe"], { suspendAfter: 10_000 });

  test("stays in memory", async () => {
    const worker = hosted().worker("short");
    expect(await worker.call("sleep", 30)).toBeGreaterThanOrEqual(30n);
    expect(story(await worker.oplog())).not.toContain("Suspend");
  });

  test("that a crash cuts short ends when it was to end", async () => {
    const worker = hosted().worker("crashed");
    const begin = Date.now();
    const slept = worker.call("sleep", 500);
    await expect.poll(() => worker.status(), { interval: 10 }).toBe("Running");
    await worker.crash();
    expect(await slept).toBeGreaterThanOrEqual(500n);
    // Begun anew after the crash it would take 500 ms longer.
    expect(Date.now() - begin).toBeLessThan(950);
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

  test("goes on where it was after the host was restarted, and does not begin anew", async () => {
    const worker = hosted().worker("restarted");
    const begin = Date.now();
    await worker.triggerWithKey("k", "sleep", 3_000);
    await expect.poll(() => worker.status(), { interval: 10 }).toBe("Suspended");
    await hosted().stop();
    const lost = Date.now() - begin;
    await hosted().start();
    expect(await worker.callWithKey("k", "sleep", 3_000)).toBeGreaterThanOrEqual(3_000n);
    expect(Date.now() - begin).toBeLessThan(3_000 + Math.max(lost, 900));
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
