import { describe, expect, test } from "vitest";

import { failure, Hosted, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

describe("an invocation that fails", () => {
  const hosted = sharedHost();

  test("is run four times, and then the worker has failed", async () => {
    const worker = hosted().worker("four-times");
    await failure(worker.call("fail", "always"));
    expect(story(await worker.oplog()).filter((type) => type === "Error")).toHaveLength(4);
    expect(await worker.metadata()).toMatchObject({ status: "Failed", retryCount: 4 });
  });

  test("says what trapped, where, and what the program wrote to stderr", async () => {
    const text = await failure(hosted().worker("text").call("fail", "out of paper"));
    expect(text).toMatch(/^RuntimeError: error while executing at wasm backtrace:\n {4}0: 0x[0-9a-f]+ - /);
    expect(text).toContain(
      "test:probe-exports/api#fail: wasm trap: wasm `unreachable` instruction executed\n\n",
    );
    expect(text).toContain("about to fail: out of paper");
  });

  test("shows its failure in the worker's metadata", async () => {
    const worker = hosted().worker("metadata");
    await failure(worker.call("fail", "out of ink"));
    expect((await worker.metadata()).lastError).toContain("about to fail: out of ink");
  });

  test("makes later invocations fail with it", async () => {
    const worker = hosted().worker("later");
    await failure(worker.call("fail", "before"));
    const text = await failure(worker.call("add", 1n));
    expect(text).toMatch(/^PreviousInvocationFailed: /);
    expect(text).toContain("about to fail: before");
    expect(await failure(worker.trigger("bump", 1n))).toMatch(/^PreviousInvocationFailed: /);
  });

  test("makes those that wait behind it fail", async () => {
    const worker = hosted().worker("behind");
    const first = failure(worker.call("fail", "first"));
    const second = failure(worker.call("add", 1n));
    expect(await first).toMatch(/^RuntimeError: /);
    expect(await second).toMatch(/^PreviousInvocationFailed: /);
  });

  test("still has failed after the host was restarted", async () => {
    const worker = hosted().worker("restarted");
    await failure(worker.call("fail", "for good"));
    await hosted().restart();
    expect(await worker.status()).toBe("Failed");
    expect(await failure(worker.call("add", 1n))).toContain("about to fail: for good");
    expect(story(await worker.oplog()).filter((type) => type === "Error")).toHaveLength(4);
  });

  test("does not disturb other workers", async () => {
    const [bad, good] = [hosted().worker("bad"), hosted().worker("good")];
    const failing = failure(bad.call("fail", "alone"));
    expect(await good.call("add", 1n)).toBe(1n);
    await failing;
    expect(await good.call("add", 1n)).toBe(2n);
  });

  test("but not always gives its result in the end", async () => {
    const worker = hosted().worker("in-the-end");
    await worker.call("put", "fail-until", "0");
    expect(await worker.call("fail-until", 3)).toBe(3);
  });

  test("but not always leaves nothing of its failure in the metadata", async () => {
    const worker = hosted().worker("no-trace");
    await worker.call("put", "fail-until", "0");
    await worker.call("fail-until", 3);
    expect(await worker.metadata()).toMatchObject({ status: "Idle", retryCount: 0, lastError: null });
  });

  test("in an atomic region does the whole region again, and nothing before it", async () => {
    const worker = hosted().worker("region");
    await worker.call("put", "before-region", "0");
    await worker.call("put", "in-region", "0");
    expect(await worker.call("region", 3)).toBe(3);
    expect(await worker.call("get", "before-region")).toBe("1");
    expect(await worker.call("get", "in-region")).toBe("3");
  });

  test("in an atomic region again and again has failed in the end", async () => {
    const worker = hosted().worker("region-fails");
    await worker.call("put", "in-region", "0");
    await failure(worker.call("region", 100));
    expect(await worker.metadata()).toMatchObject({ status: "Failed", retryCount: 4 });
  });

  test("is retried as often as the worker's own policy says", async () => {
    const worker = hosted().worker("policy");
    await worker.call("retry-fast", 6);
    await failure(worker.call("fail", "often"));
    expect(story(await worker.oplog()).filter((type) => type === "Error")).toHaveLength(7);
  });

  test("with a result that the function declares is no failure", async () => {
    const worker = hosted().worker("declared");
    expect(await worker.call("double", { sku: "a", amount: 0 })).toEqual({
      tag: "err",
      val: "nothing to double",
    });
    expect(await worker.status()).toBe("Idle");
  });

  test("because the call is wrong writes nothing and leaves the worker as it was", async () => {
    const worker = hosted().worker("wrong-call");
    await worker.call("add", 1n);
    const before = await worker.oplog();
    expect(await failure(worker.call("nothing"))).toMatch(/^InvalidRequest: .*nothing/);
    expect(await failure(worker.call("add"))).toMatch(/^InvalidRequest: /);
    expect(await failure(worker.call("add", "1"))).toMatch(/^InvalidRequest: .*by/);
    expect(await failure(worker.call("tally.add", { handle: 7 }, 1))).toMatch(/^InvalidRequest: .*7/);
    expect(await worker.oplog()).toEqual(before);
    expect(await worker.call("add", 1n)).toBe(2n);
  });
});

describe("a worker that calls exit", () => {
  test("has exited for ever", async () => {
    await using hosted = await Hosted.open();
    const worker = hosted.worker("leaver");
    expect(await failure(worker.call("leave"))).toMatch(/^PreviousInvocationExited: /);
    expect(await worker.status()).toBe("Exited");
    await hosted.restart();
    expect(await failure(worker.call("add", 1n))).toMatch(/^PreviousInvocationExited: /);
    expect(await worker.status()).toBe("Exited");
  });
});
