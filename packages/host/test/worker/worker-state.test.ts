import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { OplogEntryCase } from "../../src/oplog/entry.ts";
import { WorkerState } from "../../src/journal/worker-state.ts";

const create: OplogEntryCase = {
  type: "Create",
  workerId: { componentId: "c", workerName: "w" },
  componentVersion: 3,
  args: [],
  env: {},
  parent: null,
  componentSize: 100,
  initialTotalLinearMemorySize: 1_000,
};
const invoked = (idempotencyKey: string): OplogEntryCase => ({
  type: "ExportedFunctionInvoked",
  functionName: "f",
  request: [],
  idempotencyKey,
});
const completed: OplogEntryCase = { type: "ExportedFunctionCompleted", response: undefined };
const pending = (idempotencyKey: string): OplogEntryCase => ({
  type: "PendingWorkerInvocation",
  invocation: { functionName: "f", params: [], idempotencyKey },
});
const cancelled = (idempotencyKey: string): OplogEntryCase => ({
  type: "CancelPendingInvocation",
  idempotencyKey,
});
const failed: OplogEntryCase = { type: "Error", error: "out of paper" };
const called: OplogEntryCase = {
  type: "ImportedFunctionInvoked",
  functionName: "now",
  request: undefined,
  response: 1n,
  durableFunctionType: { type: "ReadLocal" },
};
const begin: OplogEntryCase = { type: "BeginAtomicRegion" };

function stateAfter(...entries: readonly OplogEntryCase[]): WorkerState {
  const state = new WorkerState();
  for (const [at, entry] of [create, ...entries].entries()) state.apply(at + 1, { ...entry, timestamp: at });
  return state;
}

describe("the status of a worker", () => {
  test.each<[string, readonly OplogEntryCase[], string]>([
    ["was created", [], "Idle"],
    ["was invoked", [invoked("a")], "Running"],
    ["finished", [invoked("a"), completed], "Idle"],
    ["has more to do", [invoked("a"), pending("b"), completed], "Running"],
    ["has an invocation waiting", [pending("a")], "Running"],
    ["had one waiting that was cancelled", [pending("a"), cancelled("a")], "Idle"],
    ["was suspended", [invoked("a"), { type: "Suspend" }], "Suspended"],
    ["goes on after a sleep", [invoked("a"), { type: "Suspend" }, called], "Running"],
    ["was interrupted", [invoked("a"), { type: "Interrupted" }], "Interrupted"],
    [
      "was interrupted while it slept",
      [invoked("a"), { type: "Suspend" }, { type: "Interrupted" }],
      "Interrupted",
    ],
    ["goes on after an interrupt", [invoked("a"), { type: "Interrupted" }, called], "Running"],
    ["failed once", [invoked("a"), failed], "Retrying"],
    ["failed three times", [invoked("a"), failed, failed, failed], "Retrying"],
    ["failed four times", [invoked("a"), failed, failed, failed, failed], "Failed"],
    ["got further after a failure", [invoked("a"), failed, called], "Running"],
    [
      "got further each time",
      [invoked("a"), failed, called, failed, called, failed, called, failed],
      "Retrying",
    ],
    [
      "failed four times in a region",
      [invoked("a"), begin, called, failed, called, failed, called, failed, called, failed],
      "Failed",
    ],
    ["called exit", [invoked("a"), { type: "Exited" }], "Exited"],
    ["called exit before it was invoked again", [{ type: "Exited" }, pending("a")], "Exited"],
  ])("that %s", (_, entries, status) => {
    expect(stateAfter(...entries).status).toBe(status);
  });
});

test("a worker whose region was cut short by a jump back before it is not in that region", () => {
  const jump: OplogEntryCase = { type: "Jump", jump: { start: 3, end: 5 } };
  expect(stateAfter(invoked("a"), begin).openRegions.any).toBe(true);
  expect(stateAfter(invoked("a"), begin, called, jump).openRegions.any).toBe(false);
});

test("a worker that does a region again is still in it", () => {
  const jump: OplogEntryCase = { type: "Jump", jump: { start: 4, end: 5 } };
  expect(stateAfter(invoked("a"), begin, called, jump).openRegions.any).toBe(true);
});

test("an invocation is pending, open or completed, and never two of these", () => {
  const key = fc.constantFrom("a", "b", "c");
  const step = fc.oneof(
    key.map(pending),
    key.map(cancelled),
    key.map(invoked),
    fc.constant(completed),
    fc.constant(failed),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const state = new WorkerState();
      let index = 0;
      const apply = (entry: OplogEntryCase): void => state.apply((index += 1), { ...entry, timestamp: 0 });
      apply(create);
      for (const entry of steps) {
        // Only what a worker does: it runs one at a time, and no key twice.
        const id =
          entry.type === "ExportedFunctionInvoked"
            ? entry.idempotencyKey
            : entry.type === "PendingWorkerInvocation"
              ? entry.invocation.idempotencyKey
              : undefined;
        const isKnown = id !== undefined && (state.completed.has(id) || state.open?.idempotencyKey === id);
        if (isKnown || (entry.type === "ExportedFunctionInvoked" && state.open !== undefined)) continue;
        apply(entry);
        for (const each of ["a", "b", "c"]) {
          const places = [
            state.pending.has(each),
            state.completed.has(each),
            state.open?.idempotencyKey === each,
          ];
          expect(places.filter(Boolean).length).toBeLessThanOrEqual(1);
        }
      }
    }),
  );
});

test("a retry policy that was set in a deleted part of the oplog was not set", () => {
  const policy = (maxAttempts: number): OplogEntryCase => ({
    type: "ChangeRetryPolicy",
    newPolicy: { maxAttempts, minDelay: 1, maxDelay: 1, multiplier: 1, maxJitterFactor: null },
  });
  const state = new WorkerState();
  const entries = [create, policy(5), policy(9), { type: "Jump", jump: { start: 3, end: 4 } }] as const;
  for (const [at, entry] of entries.entries()) state.apply(at + 1, { ...entry, timestamp: 0 });
  expect(state.retryPolicy.maxAttempts).toBe(5);
  expect(state.retryPolicies.before(2).maxAttempts).toBe(3);
});
