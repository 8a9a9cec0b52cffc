import { describe, expect, test } from "vitest";

import { Hosted, story } from "../hosted.ts";

const SUSPEND_AFTER = 50;

describe("a sleep", () => {
  test("shorter than the host's limit stays in memory", async () => {
    await using hosted = await Hosted.open(["probe"], { suspendAfter: 10_000 });
    const worker = hosted.worker("short");
    expect(await worker.call("sleep", 30)).toBeGreaterThanOrEqual(30n);
    expect(story(await worker.oplog())).not.toContain("Suspend");
  });

  test("longer than the host's limit suspends the worker, which wakes in time", async () => {
    await using hosted = await Hosted.open(["probe"], { suspendAfter: SUSPEND_AFTER });
    const worker = hosted.worker("long");
    const slept = worker.call("sleep", 400);
    await expect.poll(() => worker.status(), { interval: 10 }).toBe("Suspended");
    expect(await slept).toBeGreaterThanOrEqual(400n);
    expect(story(await worker.oplog()).filter((type) => type === "Suspend")).toHaveLength(1);
  });

  test("goes on where it was after the host was restarted, and does not begin anew", async () => {
    await using hosted = await Hosted.open(["probe"], { suspendAfter: SUSPEND_AFTER });
    const worker = hosted.worker("restarted");
    await worker.triggerWithKey("k", "sleep", 600);
    await expect.poll(() => worker.status(), { interval: 10 }).toBe("Suspended");
    const asked = Date.now();
    await hosted.restart();
    expect(await worker.callWithKey("k", "sleep", 600)).toBeGreaterThanOrEqual(600n);
    expect(Date.now() - asked).toBeLessThan(3_000);
  });

  test("that ended while the host was down ends when it is back", async () => {
    await using hosted = await Hosted.open(["probe"], { suspendAfter: SUSPEND_AFTER });
    const worker = hosted.worker("over");
    await worker.triggerWithKey("k", "sleep", 120);
    await expect.poll(() => worker.status(), { interval: 10 }).toBe("Suspended");
    await hosted.stop();
    await new Promise((resolve) => setTimeout(resolve, 120));
    await hosted.start();
    await expect.poll(() => worker.status()).toBe("Idle");
  });

  test("in memory that a crash cuts short ends when it was to end", async () => {
    await using hosted = await Hosted.open();
    const worker = hosted.worker("crashed");
    const begin = Date.now();
    const slept = worker.call("sleep", 500);
    await expect.poll(() => worker.status(), { interval: 10 }).toBe("Running");
    await worker.crash();
    expect(await slept).toBeGreaterThanOrEqual(500n);
    expect(Date.now() - begin).toBeLessThan(900);
  });

  test("in an atomic region ends, however long it is", async () => {
    await using hosted = await Hosted.open(["probe"], { suspendAfter: SUSPEND_AFTER });
    const worker = hosted.worker("region");
    await worker.call("region-with-sleep", 200);
    expect(await worker.call("get", "in-region")).toBe("1");
  });

  test("does not keep the other workers of a shard from working", async () => {
    await using hosted = await Hosted.open();
    const slept = hosted.worker("sleeper").call("sleep", 300);
    expect(await hosted.worker("busy").call("add", 1n)).toBe(1n);
    expect(await hosted.worker("sleeper").status()).toBe("Running");
    await slept;
  });
});
