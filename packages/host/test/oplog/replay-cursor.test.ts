import { describe, expect, test } from "vitest";

import type { OplogEntryCase, OplogRegion } from "../../src/oplog/entry.ts";
import { ReplayCursor } from "../../src/oplog/replay-cursor.ts";
import { CREATE, emptyOplog } from "./memory-storage.ts";

const imported = (functionName: string): OplogEntryCase => ({
  type: "ImportedFunctionInvoked",
  functionName,
  request: undefined,
  response: undefined,
  durableFunctionType: { type: "ReadLocal" },
});
const line = (message: string) => ({ level: "info", context: "", message }) as const;
const log = (message: string): OplogEntryCase => ({ type: "Log", ...line(message) });

function cursorOver(entries: readonly OplogEntryCase[], deleted: readonly OplogRegion[] = []): ReplayCursor {
  const oplog = emptyOplog();
  for (const entry of [CREATE, ...entries]) oplog.append(entry);
  return new ReplayCursor(oplog, deleted);
}

function taken(cursor: ReplayCursor): string[] {
  const names: string[] = [];
  while (!cursor.live) names.push(cursor.take("ImportedFunctionInvoked", "a call")[1].functionName);
  return names;
}

describe("the replay of an oplog", () => {
  test("is over at once for a worker that did nothing", () => {
    expect(cursorOver([]).live).toBe(true);
  });

  test("gives the recorded entries in order, and then the worker is live", () => {
    expect(taken(cursorOver([imported("a"), imported("b")]))).toEqual(["a", "b"]);
  });

  test("passes over entries that are only hints", () => {
    const hints: OplogEntryCase[] = [
      { type: "Suspend" },
      { type: "Interrupted" },
      { type: "Error", error: "e" },
      { type: "GrowMemory", delta: 1 },
      { type: "CreateResource", id: 0 },
      { type: "CancelPendingInvocation", idempotencyKey: "k" },
      log("l"),
    ];
    expect(taken(cursorOver([...hints, imported("a"), ...hints]))).toEqual(["a"]);
  });

  test("passes over deleted regions", () => {
    const entries = ["a", "b", "c", "d"].map(imported);
    // Entry 1 is Create.
    expect(taken(cursorOver(entries, [{ start: 3, end: 4 }]))).toEqual(["a", "d"]);
  });

  test("passes over overlapping deleted regions", () => {
    const entries = ["a", "b", "c", "d"].map(imported);
    const regions = [
      { start: 3, end: 4 },
      { start: 2, end: 3 },
    ];
    expect(taken(cursorOver(entries, regions))).toEqual(["d"]);
  });

  test("tells the index of what it gives", () => {
    expect(cursorOver([log("l"), imported("a")]).take("ImportedFunctionInvoked", "a call")[0]).toBe(3);
  });

  test("does not give entries that are appended meanwhile", () => {
    const oplog = emptyOplog();
    for (const entry of [CREATE, imported("a")]) oplog.append(entry);
    const cursor = new ReplayCursor(oplog, []);
    oplog.append(imported("b"));
    expect(taken(cursor)).toEqual(["a"]);
  });

  test("can be given up", () => {
    const cursor = cursorOver([imported("a")]);
    cursor.abandonRest();
    expect(cursor.live).toBe(true);
  });

  test("says where the program does something else than recorded", () => {
    const cursor = cursorOver([imported("a"), log("l"), imported("b"), imported("c")]);
    cursor.take("ImportedFunctionInvoked", "a call of a");
    expect(() =>
      cursor.take("ImportedFunctionInvoked", "a call of x", (entry) => entry.functionName === "x"),
    ).toThrow(
      [
        "Replay diverged at oplog index 4: the component does a call of x, but the oplog has ImportedFunctionInvoked b.",
        "  1 Create",
        "  2 ImportedFunctionInvoked a",
        "  3 Log info",
        "> 4 ImportedFunctionInvoked b",
        "  5 ImportedFunctionInvoked c",
      ].join("\n"),
    );
  });

  test("does not accept an entry of another type", () => {
    const cursor = cursorOver([{ type: "NoOp" }]);
    expect(() => cursor.take("BeginAtomicRegion", "the begin of a region")).toThrow(
      "the component does the begin of a region, but the oplog has NoOp",
    );
  });

  test("knows the lines that were logged after the last entry, each once", () => {
    const cursor = cursorOver([imported("a"), log("x"), log("x"), log("y")]);
    cursor.take("ImportedFunctionInvoked", "a call");
    expect(["x", "y", "x", "x", "z"].map((message) => cursor.wasLogged(line(message)))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test("forgets the lines that were logged before an entry that it gave", () => {
    const cursor = cursorOver([log("x"), imported("a")]);
    cursor.take("ImportedFunctionInvoked", "a call");
    expect(cursor.wasLogged(line("x"))).toBe(false);
  });
});
