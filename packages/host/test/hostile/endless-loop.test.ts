import { expect, test } from "vitest";

import { partitionOf } from "../../src/worker/worker-partition.ts";
import { failure, type HostedWorker } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost(["probe"], { shards: 2 });

/** A worker whose shard is the first one's, or the other. */
function workerOf(shard: number, prefix: string): HostedWorker {
  for (let number = 0; ; number += 1) {
    const worker = hosted().worker(`${prefix}-${number}`);
    if (partitionOf(worker.id) % 2 === shard) return worker;
  }
}

test("a guest that never yields delays no worker of another shard, and those of its own recover", async () => {
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
