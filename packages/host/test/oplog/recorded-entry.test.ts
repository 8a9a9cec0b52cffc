import { expect, test } from "vitest";
import { recordedTypes } from "../../src/interfaces/registry.ts";
import { recordedOplog } from "../../src/oplog/recorded-entry.ts";
import type { OplogEntry } from "../../src/oplog/entry.ts";
import type { PublicOplogEntry } from "../../src/index.ts";
import { goldenLines } from "../rest/golden-exchanges.ts";

const worker = { componentId: "7258e677-ddee-46a4-ba00-1293410a8b1f", workerName: "w" };

function replayable(entries: readonly PublicOplogEntry[]): readonly OplogEntry[] {
  const indexed = entries.map((entry, at) => ({ oplogIndex: at + 1, entry }));
  return recordedOplog(indexed, worker, 0, recordedTypes);
}

/** Of a Golem 1.2.0. The recordings leave out which errors Golem's own functions may have. */
const written = goldenLines<{ readonly entry: PublicOplogEntry }>("oplog-entries").map(({ entry }): PublicOplogEntry =>
  JSON.parse(JSON.stringify(entry).replaceAll('"elided":"Golem\'s own error type"', '"cases":[]')),
);

test.each(written)("$type $function_name, as Golem 1.2.0 wrote it, can be replayed", (entry) => {
  const [read] = replayable([entry]);
  expect(read?.timestamp).toBe(Date.parse(entry.timestamp));
});

test("what Golem 1.2.0 wrote of an object is read, its time too", () => {
  const ofObject = written.filter(
    (entry) => entry["function_name"] === "golem blobstore::container::object_info",
  );
  expect(replayable(ofObject)).toMatchObject([
    {
      functionName: "golem blobstore::container::object_info",
      response: { tag: "ok", val: { container: "oc", name: "n", size: 4n, created_at: 1_795_367_647_833n } },
    },
  ]);
});

test.each([
  ["1.2.0", { new_policy: { max_attempts: 5, min_delay: "1s", max_delay: "100ms", multiplier: 2, max_jitter_factor: null } }],
  ["1.2.5", { newPolicy: { maxAttempts: 5, minDelay: "1s", maxDelay: "100ms", multiplier: 2, maxJitterFactor: null } }],
])("a retry policy is read in the words of %s", (_, fields) => {
  const entry = { type: "ChangeRetryPolicy", timestamp: "2026-11-22T17:14:07.881Z", ...fields };
  expect(replayable([entry])).toMatchObject([
    { newPolicy: { maxAttempts: 5, minDelay: 1_000, maxDelay: 100, multiplier: 2, maxJitterFactor: null } },
  ]);
});
