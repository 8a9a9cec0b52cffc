import { describe, expect, test } from "vitest";
import { findExport } from "../../src/component/find-export.ts";
import type { OplogEntryCase } from "../../src/oplog/entry.ts";
import type { EntryTypes } from "../../src/oplog/public-entry.ts";
import { publicEntry } from "../../src/oplog/public-entry.ts";
import { goldenWorld } from "./golden-world.ts";

const world = goldenWorld();
const worker = { componentId: "01a00fcd-39f1-4616-a9b4-8f3b3b62c750", workerName: "w1" };
const types: EntryTypes = {
  worker,
  imported: (name) => {
    if (name === "monotonic_clock::now") return { request: null, response: { kind: "u64" } };
    if (name === "golem keyvalue::eventual::set") return { request: { kind: "string" }, response: null };
    return undefined;
  },
  exported: (name) => (name.startsWith("shop:orders-exports/") ? findExport(world, name) : undefined),
  openFunction: "shop:orders-exports/api.{tags}",
  constructorParams: () => [{ kind: "string" }],
};

const timestamp = Date.parse("2026-11-22T16:52:07.902Z");

function shown(entry: OplogEntryCase, known: Partial<EntryTypes> = {}): unknown {
  return publicEntry({ timestamp, ...entry }, { ...types, ...known });
}

describe("publicEntry", () => {
  test("shows Create", () => {
    const create = {
      workerId: worker,
      componentVersion: 2,
      args: ["a"],
      env: { K: "v" },
      parent: null,
      componentSize: 16_581_241,
      initialTotalLinearMemorySize: 11_993_088,
    };
    expect(shown({ type: "Create", ...create })).toEqual({
      type: "Create",
      timestamp: "2026-11-22T16:52:07.902Z",
      accountId: "-1",
      initialActivePlugins: [],
      ...create,
    });
  });

  test("shows a host call's response as a result, and no request as an absent text", () => {
    const entry = shown({
      type: "ImportedFunctionInvoked",
      functionName: "monotonic_clock::now",
      request: undefined,
      response: 1_795_366_327_915_790_300n,
      durableFunctionType: { type: "ReadLocal" },
    });
    expect(entry).toEqual({
      type: "ImportedFunctionInvoked",
      timestamp: "2026-11-22T16:52:07.902Z",
      functionName: "monotonic_clock::now",
      request: { typ: { type: "Option", inner: { type: "Str" } }, value: null },
      response: {
        typ: { type: "Result", ok: { type: "U64" }, err: null },
        value: { ok: 1_795_366_327_915_790_300n },
      },
      wrappedFunctionType: { type: "ReadLocal" },
    });
  });

  test("shows a host call without result, and the batch that it belongs to", () => {
    const entry = shown({
      type: "ImportedFunctionInvoked",
      functionName: "golem keyvalue::eventual::set",
      request: "k",
      response: undefined,
      durableFunctionType: { type: "WriteRemoteBatched", index: 7 },
    });
    expect(entry).toMatchObject({
      request: { typ: { type: "Str" }, value: "k" },
      response: { typ: { type: "Result", ok: null, err: null }, value: { ok: null } },
      wrappedFunctionType: { type: "WriteRemoteBatched", index: 7 },
    });
  });

  test("shows what a guest recorded by itself as text", () => {
    const entry = shown({
      type: "ImportedFunctionInvoked",
      functionName: "my-step",
      request: { at: 1n },
      response: Uint8Array.of(1, 2),
      durableFunctionType: { type: "WriteRemote" },
    });
    expect(entry).toMatchObject({
      request: { typ: { type: "Str" }, value: '{"at":1}' },
      response: { typ: { type: "Str" }, value: "[1,2]" },
    });
  });

  test("shows an invocation's parameters with their types, the handle included", () => {
    const entry = shown({
      type: "ExportedFunctionInvoked",
      functionName: "shop:orders-exports/api.{invoice.add}",
      request: [{ handle: 3 }, 1.5],
      idempotencyKey: "k1",
    });
    expect(entry).toMatchObject({
      functionName: "shop:orders-exports/api.{invoice.add}",
      request: [
        {
          typ: { type: "Handle", mode: "Borrowed" },
          value: "urn:worker:01a00fcd-39f1-4616-a9b4-8f3b3b62c750/w1/3",
        },
        { typ: { type: "F64" }, value: 1.5 },
      ],
      idempotencyKey: "k1",
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      traceStates: [],
    });
  });

  test("shows a completed invocation's result as a tuple", () => {
    expect(shown({ type: "ExportedFunctionCompleted", response: [["first", 0]] })).toMatchObject({
      response: { typ: { type: "Tuple", items: [{ type: "List" }] }, value: [[["first", 0]]] },
      consumedFuel: 0,
    });
    const noted = shown(
      { type: "ExportedFunctionCompleted", response: undefined },
      { openFunction: "shop:orders-exports/api.{note}" },
    );
    expect(noted).toMatchObject({ response: { typ: { type: "Tuple", items: [] }, value: [] } });
  });

  test("shows a value that is not of its type, rather than nothing", () => {
    expect(shown({ type: "ExportedFunctionCompleted", response: { other: 1 } })).toMatchObject({
      response: { typ: { type: "Str" }, value: '[{"other":1}]' },
    });
  });

  test.each<[OplogEntryCase, object]>([
    [{ type: "Suspend" }, { type: "Suspend" }],
    [{ type: "EndAtomicRegion", beginIndex: 205 }, { beginIndex: 205 }],
    [{ type: "Error", error: "boom" }, { error: "boom" }],
    [{ type: "Jump", jump: { start: 3, end: 9 } }, { jump: { start: 3, end: 9 } }],
    [{ type: "Revert", droppedRegion: { start: 3, end: 9 } }, { droppedRegion: { start: 3, end: 9 } }],
    [{ type: "ChangePersistenceLevel", level: "persist-nothing" }, { persistenceLevel: "PersistNothing" }],
    [
      { type: "CancelPendingInvocation", idempotencyKey: "k" },
      { type: "CancelInvocation", idempotencyKey: "k" },
    ],
    [
      { type: "PendingUpdate", targetVersion: 1, description: { type: "Automatic" } },
      { target_version: 1, description: { type: "Automatic" } },
    ],
    [
      { type: "SuccessfulUpdate", targetVersion: 1, newComponentSize: 5 },
      { target_version: 1, new_component_size: 5, new_active_plugins: [] },
    ],
    [
      { type: "FailedUpdate", targetVersion: 1, details: "no" },
      { targetVersion: 1, details: "no" },
    ],
    [{ type: "GrowMemory", delta: 65_536 }, { delta: 65_536 }],
    [{ type: "CreateResource", id: 0 }, { id: 0 }],
    [
      { type: "DescribeResource", id: 2, resourceName: "invoice", resourceParams: ['"INV-3"'] },
      { id: 2, resourceName: "invoice", resourceParams: [{ typ: { type: "Str" }, value: "INV-3" }] },
    ],
    [
      { type: "Log", level: "stderr", context: "", message: "boom\n" },
      { level: "Stderr", context: "", message: "boom\n" },
    ],
    [
      {
        type: "ChangeRetryPolicy",
        newPolicy: { maxAttempts: 3, minDelay: 100, maxDelay: 1000, multiplier: 3, maxJitterFactor: null },
      },
      {
        newPolicy: {
          maxAttempts: 3,
          minDelay: "100ms",
          maxDelay: "1s",
          multiplier: 3,
          maxJitterFactor: null,
        },
      },
    ],
    [
      {
        type: "PendingWorkerInvocation",
        invocation: { functionName: "shop:orders-exports/api.{note}", params: ["a"], idempotencyKey: "k" },
      },
      {
        invocation: {
          type: "ExportedFunction",
          fullFunctionName: "shop:orders-exports/api.{note}",
          functionInput: [{ typ: { type: "Str" }, value: "a" }],
          idempotencyKey: "k",
        },
      },
    ],
  ])("shows %j", (entry, expected) => {
    expect(shown(entry)).toMatchObject(expected);
  });
});
