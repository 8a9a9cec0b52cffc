import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { checkValue, parseWit, resolveWit, type WitType } from "@golem-kit/wit";
import { expect, test } from "vitest";

import { toWitOplogEntry } from "../../src/interfaces/golem/wit-oplog-entry.ts";
import type { OplogEntryCase, OplogEntryType } from "../../src/oplog/entry.ts";
import { type EntryTypes, publicEntry } from "../../src/oplog/public-entry.ts";

const DEPS = join(import.meta.dirname, "../../../../wit/deps");
const worker = { componentId: "01a00fcd-39f1-4616-a9b4-8f3b3b62c750", workerName: "w1" };
const region = { start: 3, end: 7 };
const string: WitType = { kind: "string" };

/** One of every type. */
const ENTRIES: Readonly<Record<OplogEntryType, OplogEntryCase>> = {
  Create: {
    type: "Create",
    workerId: worker,
    componentVersion: 2,
    args: ["a"],
    env: { K: "v" },
    parent: worker,
    componentSize: 16_581_241,
    initialTotalLinearMemorySize: 11_993_088,
  },
  ImportedFunctionInvoked: {
    type: "ImportedFunctionInvoked",
    functionName: "one of the guest's",
    request: "a",
    response: [1, 2],
    durableFunctionType: { type: "WriteRemoteBatched", index: 4 },
    types: { request: string, response: { kind: "list", element: { kind: "u32" } }, bare: true },
  },
  ExportedFunctionInvoked: {
    type: "ExportedFunctionInvoked",
    functionName: "gone",
    request: ["a"],
    idempotencyKey: "key",
  },
  ExportedFunctionCompleted: { type: "ExportedFunctionCompleted", response: 1 },
  Suspend: { type: "Suspend" },
  NoOp: { type: "NoOp" },
  Interrupted: { type: "Interrupted" },
  Exited: { type: "Exited" },
  Restart: { type: "Restart" },
  BeginAtomicRegion: { type: "BeginAtomicRegion" },
  EndAtomicRegion: { type: "EndAtomicRegion", beginIndex: 4 },
  BeginRemoteWrite: { type: "BeginRemoteWrite" },
  EndRemoteWrite: { type: "EndRemoteWrite", beginIndex: 4 },
  Error: { type: "Error", error: "boom" },
  Jump: { type: "Jump", jump: region },
  Revert: { type: "Revert", droppedRegion: region },
  ChangeRetryPolicy: {
    type: "ChangeRetryPolicy",
    newPolicy: { maxAttempts: 3, minDelay: 100, maxDelay: 1_000, multiplier: 3, maxJitterFactor: 0.15 },
  },
  ChangePersistenceLevel: { type: "ChangePersistenceLevel", level: "persist-nothing" },
  PendingWorkerInvocation: {
    type: "PendingWorkerInvocation",
    invocation: { functionName: "gone", params: ["a"], idempotencyKey: "key" },
  },
  CancelPendingInvocation: { type: "CancelPendingInvocation", idempotencyKey: "key" },
  PendingUpdate: {
    type: "PendingUpdate",
    targetVersion: 1,
    description: { type: "SnapshotBased", payload: Uint8Array.of(1, 2) },
  },
  SuccessfulUpdate: { type: "SuccessfulUpdate", targetVersion: 1, newComponentSize: 10 },
  FailedUpdate: { type: "FailedUpdate", targetVersion: 1, details: null },
  GrowMemory: { type: "GrowMemory", delta: 65_536 },
  CreateResource: { type: "CreateResource", id: 0 },
  DropResource: { type: "DropResource", id: 0 },
  DescribeResource: { type: "DescribeResource", id: 0, resourceName: "invoice", resourceParams: ['"INV-3"'] },
  StartSpan: { type: "StartSpan", spanId: "aa", parentId: "bb", attributes: { name: "outer" } },
  FinishSpan: { type: "FinishSpan", spanId: "aa" },
  SetSpanAttribute: { type: "SetSpanAttribute", spanId: "aa", key: "colour", value: "red" },
  Log: { type: "Log", level: "stderr", context: "", message: "said" },
};

const types: EntryTypes = {
  worker,
  imported: () => undefined,
  exported: () => undefined,
  openFunction: undefined,
  constructorParams: () => [string],
};

/** `golem:api/oplog.oplog-entry` */
function entryType(): WitType {
  const files = globSync("*/*.wit", { cwd: DEPS }).map((file) =>
    parseWit(readFileSync(join(DEPS, file), "utf8"), { file }),
  );
  const page = resolveWit(files)
    .interface("golem:api/oplog@1.1.6")
    ?.functions.get("[method]get-oplog.get-next");
  const list = page?.result?.kind === "option" ? page.result.some : undefined;
  if (list?.kind !== "list") throw new Error("get-next gives no list of entries");
  return list.element;
}

const type = entryType();

/** Kinds that the interface has no case for, or another name. */
const OTHER_CASES: Readonly<Partial<Record<OplogEntryType, string>>> = {
  ChangePersistenceLevel: "no-op",
  CancelPendingInvocation: "cancel-invocation",
};

test.each(Object.values(ENTRIES))("$type fits the interface", (entry) => {
  const timestamp = Date.parse("2026-11-22T16:52:07.902Z");
  const value = toWitOplogEntry(publicEntry({ timestamp, ...entry }, types));
  expect(() => checkValue(type, value)).not.toThrow();
  const kebab = entry.type.replaceAll(/(?<=.)[A-Z]/g, "-$&").toLowerCase();
  expect(value.tag).toBe(OTHER_CASES[entry.type] ?? kebab);
});

test("an update that waits among the invocations fits the interface", () => {
  const shown = publicEntry(
    {
      timestamp: 0,
      type: "PendingWorkerInvocation",
      invocation: { targetVersion: 3, idempotencyKey: "key" },
    },
    types,
  );
  const value = toWitOplogEntry(shown);
  expect(() => checkValue(type, value)).not.toThrow();
  expect(value.val).toMatchObject({ invocation: { tag: "manual-update", val: 3n } });
});
