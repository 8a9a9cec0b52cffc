import { expect, test } from "vitest";
import { withoutPromiseIndexes } from "../src/crashes/without-promise-indexes.ts";

const worker = "2a3d4d03-ffa6-4ba1-ab7b-d5f84279dced/p-1";

test.for<readonly [value: unknown, without: unknown]>([
  [`${worker}/13`, `${worker}/…`],
  [[`answered ${worker}/13, ${worker}/16 is open`], [`answered ${worker}/…, ${worker}/… is open`]],
  [
    { workerId: { workerName: "p-1" }, oplogIdx: 13 },
    { workerId: { workerName: "p-1" }, oplogIdx: "…" },
  ],
  [
    { "worker-id": "p-1", "oplog-idx": 13n },
    { "worker-id": "p-1", "oplog-idx": "…" },
  ],
  ["p-1/13 and 13/p-1", "p-1/13 and 13/p-1"],
  [
    { oplogIdx: 13, count: 1 },
    { oplogIdx: 13, count: 1 },
  ],
])("%o", ([value, without]) => {
  expect(withoutPromiseIndexes(value)).toEqual(without);
});
