import { describe, expect, test } from "vitest";

import { failure, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

describe("an idempotency key", () => {
  const hosted = sharedHost();

  test("that is sent again gets the first result", async () => {
    const worker = hosted().worker("again");
    expect(await worker.callWithKey("k", "add", 1n)).toBe(1n);
    expect(await worker.callWithKey("k", "add", 1n)).toBe(1n);
    expect(await worker.call("add", 0n)).toBe(1n);
  });

  test("that is sent again with other parameters gets the first result", async () => {
    const worker = hosted().worker("other-parameters");
    await worker.callWithKey("k", "add", 1n);
    expect(await worker.callWithKey("k", "add", 100n)).toBe(1n);
  });

  test("that is sent ten times at once runs once", async () => {
    const worker = hosted().worker("at-once");
    const results = await Promise.all(Array.from({ length: 10 }, () => worker.callWithKey("k", "add", 1n)));
    expect(results).toEqual(Array(10).fill(1n));
    expect(await worker.call("add", 0n)).toBe(1n);
  });

  test("that is triggered ten times at once runs once", async () => {
    const worker = hosted().worker("triggered-at-once");
    await Promise.all(Array.from({ length: 10 }, () => worker.triggerWithKey("k", "bump", 1n)));
    expect(await worker.call("add", 0n)).toBe(1n);
  });

  test("is one of triggered and awaited calls", async () => {
    const worker = hosted().worker("both");
    await worker.triggerWithKey("k", "add", 1n);
    expect(await worker.callWithKey("k", "add", 1n)).toBe(1n);
  });

  test("means nothing to another worker", async () => {
    await hosted().worker("one").callWithKey("k", "add", 1n);
    expect(await hosted().worker("another").callWithKey("k", "add", 2n)).toBe(2n);
  });

  test("gets the same result after a crash", async () => {
    const worker = hosted().worker("crashed");
    await worker.callWithKey("k", "add", 1n);
    await worker.crash();
    expect(await worker.callWithKey("k", "add", 1n)).toBe(1n);
    expect(await worker.call("add", 0n)).toBe(1n);
  });

  test("gets the same result after the host was restarted", async () => {
    const worker = hosted().worker("restarted");
    const dice = await worker.callWithKey("k", "dice");
    await hosted().restart();
    expect(await worker.callWithKey("k", "dice")).toEqual(dice);
  });

  test("whose invocation is still running when it is sent again gets the result of that", async () => {
    const worker = hosted().worker("running");
    const first = worker.callWithKey("k", "sleep", 9_000);
    await expect.poll(() => worker.status()).toBe("Running");
    const second = worker.callWithKey("k", "sleep", 9_000);
    await hosted().host.simulation.clock.advance(9_000);
    expect(await second).toBe(await first);
    expect(story(await worker.oplog()).filter((each) => each.startsWith("Exported"))).toHaveLength(2);
  });

  test("of an invocation that failed for good does not run again", async () => {
    const worker = hosted().worker("failed");
    await failure(worker.callWithKey("k", "fail", "once"));
    expect(await failure(worker.callWithKey("k", "fail", "once"))).toMatch(/^PreviousInvocationFailed/);
  });

  test("that a worker generates is the same whenever the invocation with that key gets there", async () => {
    const key = crypto.randomUUID();
    const [one, other] = [hosted().worker("key-one"), hosted().worker("key-other")];
    expect(await one.callWithKey(key, "key")).toBe(await other.callWithKey(key, "key"));
  });

  test("that a worker generates differs between invocations", async () => {
    const worker = hosted().worker("keys");
    expect(await worker.call("key")).not.toBe(await worker.call("key"));
  });
});
