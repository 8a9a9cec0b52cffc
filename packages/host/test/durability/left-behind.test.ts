import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { leftBehind } from "../fixtures/left-behind.ts";
import { sharedHost } from "../shared-host.ts";

async function replaceOplogs(source: string, target: string): Promise<void> {
  const oplogs = async (folder: string): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.startsWith("oplog-"));
  for (const name of await oplogs(target)) await rm(join(target, name));
  for (const name of await oplogs(source)) await cp(join(source, name), join(target, name));
}

describe("what a process that is killed leaves to the next", () => {
  const host = sharedHost();

  test("a worker that was told to go on does, although it had recorded nothing new", async () => {
    const hosted = host();
    const worker = hosted.worker("resumed");
    await worker.triggerWithKey("sleep", "sleep", 600);
    await expect.poll(async () => (await worker.oplog()).length).toBeGreaterThan(2);
    await worker.interrupt();
    await worker.resume();
    await using copy = await leftBehind(hosted.dataDir);
    await hosted.restart({ dataDir: copy.dataDir });
    await expect.poll(() => worker.status(), { timeout: 20_000 }).toBe("Idle");
    await hosted.restart();
  });

  test("an invocation that an interrupted worker accepted runs", async () => {
    const hosted = host();
    const worker = hosted.worker("interrupted");
    await worker.triggerWithKey("sleep", "sleep", 600);
    await expect.poll(async () => (await worker.oplog()).length).toBeGreaterThan(2);
    await worker.interrupt();
    await worker.triggerWithKey("accepted", "bump", 5n);
    await using copy = await leftBehind(hosted.dataDir);
    await hosted.restart({ dataDir: copy.dataDir });
    await expect.poll(() => worker.status(), { timeout: 20_000 }).toBe("Idle");
    expect(await worker.call("add", 0n)).toBe(5n);
    await hosted.restart();
  });

  test("a promise that its worker completed without being able to record it was completed by that worker", async () => {
    const hosted = host();
    const worker = hosted.worker("completer");
    const index = Number(await worker.call("create-promise"));
    await using copy = await leftBehind(hosted.dataDir);
    const answered = await worker.callWithKey(
      "complete",
      "complete-promise",
      "completer",
      BigInt(index),
      "data",
    );
    await hosted.stop();
    // The oplog is as it was before the call, the promise as it was after it.
    await using torn = await leftBehind(hosted.dataDir);
    await replaceOplogs(copy.dataDir, torn.dataDir);
    await hosted.start({ dataDir: torn.dataDir });
    expect(answered).toBe(true);
    expect(await worker.callWithKey("complete", "complete-promise", "completer", BigInt(index), "data")).toBe(
      true,
    );
    await hosted.restart();
  });
});
