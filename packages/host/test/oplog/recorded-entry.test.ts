import { expect, test } from "vitest";
import { recordedTypes } from "../../src/interfaces/registry.ts";
import { recordedOplog } from "../../src/oplog/recorded-entry.ts";
import type { OplogEntry } from "../../src/oplog/entry.ts";
import type { PublicOplogEntry } from "../../src/index.ts";
import { goldenLines } from "../rest/golden-exchanges.ts";

const worker = { componentId: "7258e677-ddee-46a4-ba00-1293410a8b1f", workerName: "w" };
const create = {
  type: "Create",
  timestamp: "2026-11-22T17:14:07.881Z",
  worker_id: worker,
  args: [],
  env: {},
};

/** What entries are here, behind the `Create` of their worker. */
function replayable(entries: readonly PublicOplogEntry[]): readonly OplogEntry[] {
  const indexed = [create, ...entries].map((entry, at) => ({ oplogIndex: at + 1, entry }));
  return recordedOplog(indexed, 0, recordedTypes).entries.slice(1);
}

/** Of a Golem 1.2.0. The recordings leave out which errors Golem's own functions may have. */
const written = goldenLines<{ readonly entry: PublicOplogEntry }>("oplog-entries").map(
  ({ entry }): PublicOplogEntry =>
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
  [
    "1.2.0",
    {
      new_policy: {
        max_attempts: 5,
        min_delay: "1s",
        max_delay: "100ms",
        multiplier: 2,
        max_jitter_factor: null,
      },
    },
  ],
  [
    "1.2.5",
    {
      newPolicy: { maxAttempts: 5, minDelay: "1s", maxDelay: "100ms", multiplier: 2, maxJitterFactor: null },
    },
  ],
])("a retry policy is read in the words of %s", (_, fields) => {
  const entry = { type: "ChangeRetryPolicy", timestamp: "2026-11-22T17:14:07.881Z", ...fields };
  expect(replayable([entry])).toMatchObject([
    { newPolicy: { maxAttempts: 5, minDelay: 1_000, maxDelay: 100, multiplier: 2, maxJitterFactor: null } },
  ]);
});

test("handles in parameters are the worker's own, whatever it is called", () => {
  const typ = { type: "Handle", mode: "Borrowed", resource_id: 0 };
  const request = [{ typ, value: "urn:worker:2a3d4d03-ffa6-4ba1-ab7b-d5f84279dced/r1/3" }];
  const entry = {
    ...create,
    type: "ExportedFunctionInvoked",
    function_name: "a.{b}",
    idempotency_key: "k",
    request,
  };
  expect(replayable([entry])).toMatchObject([{ functionName: "a.{b}", request: [{ handle: 3 }] }]);
});

test("a call by name, whose answer is shown as text, is refused by its index", () => {
  const entry = {
    ...create,
    type: "ImportedFunctionInvoked",
    function_name: "golem::rpc::wasm-rpc::invoke-and-await result",
    request: { typ: { type: "Str" }, value: "" },
    response: { typ: { type: "Str" }, value: '{"tag":"ok","val":{"nodes":[]}}' },
    wrapped_function_type: { type: "WriteRemote" },
  };
  expect(() => replayable([entry])).toThrow(
    "The oplog's entry 2 (ImportedFunctionInvoked) cannot be replayed from a file: what a call by name was answered is shown without its type",
  );
});
