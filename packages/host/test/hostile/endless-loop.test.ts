import { expect, test } from "vitest";

import { partitionOf } from "../../src/storage/worker-partition.ts";
import { failure, type HostedWorker, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost(["probe"], { shards: 2 });

/** A worker whose shard is the first one's, or the other. */
function workerOf(shard: number, prefix: string): HostedWorker {
  for (let number = 0; ; number += 1) {
    const worker = hosted().worker(`${prefix}-${number}`);
    if (partitionOf(worker.id) % 2 === shard) return worker;
  }
}

test("a call that is in its middle beside a guest that never yields is finished, once", async () => {
  const endless = workerOf(0, "endless-beside-sleeper");
  const sleeper = workerOf(0, "sleeper");
  const call = sleeper.call("region-with-sleep", 1_000);
  const counted = async () =>
    story(await sleeper.oplog()).filter((entry) => entry.endsWith("keyvalue::eventual::set")).length;
  await expect.poll(counted, { interval: 10 }).toBe(2);
  const result = failure(endless.call("busy", 2 ** 32 - 1));
  await endless.interrupt();
  expect(await result).toBe("RuntimeError: Interrupted via the Golem API");

  await call;
  for (const part of ["before-region", "after-region"]) expect(await sleeper.call("get", part)).toBe("1");
  expect(await sleeper.call("add", 1n)).toBe(1n);
});

test("a guest that never yields stops no worker of another shard, and none of its own", async () => {
  const endless = workerOf(0, "endless");
  const neighbour = workerOf(0, "neighbour");
  const elsewhere = workerOf(1, "elsewhere");
  await neighbour.call("add", 1n);
  await elsewhere.call("add", 1n);
  const result = failure(endless.call("busy", 2 ** 32 - 1));

  // Answered while the loop runs: nothing has ended it yet.
  for (let total = 2n; total < 10n; total += 1n) expect(await elsewhere.call("add", 1n)).toBe(total);
  const waiting = neighbour.call("add", 1n);
  await endless.interrupt();

  expect(await result).toBe("RuntimeError: Interrupted via the Golem API");
  expect(await waiting).toBe(2n);
  expect(await elsewhere.call("add", 1n)).toBe(10n);
});
