import { expect, test } from "vitest";

import { PARTITION_COUNT } from "../../src/storage/data-directory.ts";
import { partitionOf } from "../../src/storage/worker-partition.ts";

const componentId = "2a3d4d03-ffa6-4ba1-ab7b-d5f84279dced";

test("a worker's partition never changes: its oplog lies there", () => {
  const found = ["a", "ada-1", "workers have names of up to 512 characters", "ü"].map((workerName) =>
    partitionOf({ componentId, workerName }),
  );
  expect(found).toMatchInlineSnapshot(`
    [
      2,
      6,
      3,
      6,
    ]
  `);
});

test("workers spread over all partitions", () => {
  const counts = Array.from({ length: PARTITION_COUNT }, () => 0);
  for (let number = 0; number < 8_000; number += 1) {
    const partition = partitionOf({ componentId, workerName: `order-${number}` });
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(800);
  expect(Math.max(...counts)).toBeLessThan(1_200);
});
