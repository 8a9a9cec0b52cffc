import { expect, test } from "vitest";

import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost(["spinner"], { shards: 1, maxIdleInstances: 1 });

test("of workers that come back all at once, half are answered long before the last is there", async () => {
  const workers = Array.from({ length: 20 }, (_, at) => hosted().worker(`evicted-${at}`, "spinner"));
  for (const worker of workers) await worker.call("add", 1);
  // The one that is left in memory.
  await hosted().worker("recent", "spinner").call("add", 1);

  const begun = performance.now();
  const answered = await Promise.all(
    workers.map(async (worker) => {
      expect(await worker.call("add", 1)).toBe(2);
      return performance.now() - begun;
    }),
  );

  const [half = 0, all = 0] = [workers.length / 2, workers.length].map(
    (count) => answered.toSorted((a, b) => a - b)[count - 1],
  );
  expect(half).toBeLessThan(0.75 * all);
});
