import { expect, test } from "vitest";

import { story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost();

test("an atomic region that is cut short by the end of the process is done again from its begin", async () => {
  const worker = hosted().worker("cut-short");
  for (const key of ["before-region", "in-region", "after-region"]) await worker.call("put", key, "0");
  await worker.triggerWithKey("k", "region-with-sleep", 500);
  await expect
    .poll(async () => story(await worker.oplog()), { interval: 20 })
    .toContain("ImportedFunctionInvoked monotonic_clock::subscribe_duration");
  await hosted().restart();
  await worker.callWithKey("k", "region-with-sleep", 500);
  expect(await worker.call("get", "before-region")).toBe("1");
  expect(await worker.call("get", "in-region")).toBe("2");
  expect(await worker.call("get", "after-region")).toBe("1");
});

test("an atomic region that the program does not end is over with its invocation", async () => {
  const worker = hosted().worker("forgotten");
  await worker.call("forgotten-region");
  await worker.call("add", 7n);
  await worker.crash();
  expect(await worker.call("add", 0n)).toBe(7n);
  expect(await worker.call("get", "forgotten-region")).toBe("1");
});

test("a jump back forgets what came after its target", async () => {
  const worker = hosted().worker("jumper");
  // Goes back twice: only the key-value store remembers.
  expect(await worker.call("jump")).toBe(3);
  expect(story(await worker.oplog()).filter((type) => type === "Jump")).toHaveLength(2);
  await worker.crash();
  expect(await worker.call("add", 1n)).toBe(1n);
  expect(await worker.call("get", "jump")).toBe("3");
});
