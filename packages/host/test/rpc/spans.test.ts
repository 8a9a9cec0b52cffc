import { describe, expect, test } from "vitest";

import type { PublicOplogEntry } from "../../src/index.ts";
import { type HostedWorker, type OplogEntries, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

/** What every call begins with, before it has a span. */
const DETERMINED = ["get_arguments", "get_environment", "invoke-and-await idempotency key"];

type Attributes = Readonly<Record<string, { readonly value: string }>>;

/**
 * The remote calls of an oplog: functions by the last part of their names, and spans by their own, numbered in order of
 * their begin, each with the one that it is part of.
 */
function rpcStory(entries: OplogEntries): string[] {
  const names = new Map<string, string>();
  return entries.flatMap(({ entry }) => {
    switch (entry.type) {
      case "ExportedFunctionInvoked": {
        const [[{ spanId }]] = entry["invocationContext"] as [[{ readonly spanId: string }]];
        names.set(spanId, "invocation");
        return [];
      }
      case "StartSpan": {
        const number = names.size;
        const name = `${(entry["attributes"] as Attributes)["name"]?.value.slice("rpc-".length)} ${number}`;
        names.set(String(entry["spanId"]), name);
        return [`${name} of ${names.get(String(entry["parentId"]))}`];
      }
      case "FinishSpan":
        return [`end of ${names.get(String(entry["spanId"]))}`];
      case "ImportedFunctionInvoked": {
        const name = String(entry["functionName"]).split("::").at(-1) ?? "";
        return ["now", "resolution", "poll"].includes(name) ? [] : [name];
      }
      default:
        return [];
    }
  });
}

describe("what a worker does with others", () => {
  const hosted = sharedHost(["probe", "caller"]);
  const caller = (name: string): HostedWorker => hosted().worker(name, "caller");

  test("is part of a connection, and each call a span from when its key is known until its result is", async () => {
    await caller("twice").call("add-twice", "twice-target", 1n);
    expect(rpcStory(await caller("twice").oplog())).toEqual([
      "connection 1 of invocation",
      ...DETERMINED,
      "invocation 2 of connection 1",
      "invoke-and-await result",
      "end of invocation 2",
      ...DETERMINED,
      "invocation 3 of connection 1",
      "invoke-and-await result",
      "end of invocation 3",
    ]);
  });

  test("goes on until the poll that finds the result, where several go on at once", async () => {
    await caller("parallel").call("add-everywhere", ["parallel-1", "parallel-2"], 1n);
    const told = rpcStory(await caller("parallel").oplog()).filter((each) => each !== "get");
    expect(told.slice(0, 10)).toEqual([
      "connection 1 of invocation",
      ...DETERMINED,
      "invocation 2 of connection 1",
      // The call that was begun last, and is not over, is what the worker is at.
      "connection 3 of invocation 2",
      ...DETERMINED,
      "invocation 4 of connection 3",
    ]);
    expect(told.slice(10).toSorted()).toEqual(["end of invocation 2", "end of invocation 4"]);
  });

  test("has for a resource a connection of its own, within the one that made it, until it is dropped", async () => {
    await caller("resource").call("keep-tally", "resource-target", 1);
    await caller("resource").call("drop-tally");
    expect(rpcStory(await caller("resource").oplog())).toEqual([
      "connection 1 of invocation",
      ...DETERMINED,
      "invocation 2 of connection 1",
      "invoke-and-await result",
      "end of invocation 2",
      "connection 3 of connection 1",
      ...DETERMINED,
      // By another invocation, whose trace it is part of.
      "invocation 5 of invocation",
      "invoke",
      "end of invocation 5",
      "end of connection 3",
    ]);
  });

  test("is no span when it is for later, and nothing is recorded but that it is scheduled", async () => {
    await caller("later").call("bump-later", "later-target", 1n, 60_000);
    expect(rpcStory(await caller("later").oplog())).toEqual([
      "connection 1 of invocation",
      "schedule_invocation",
    ]);
  });

  test("tells whom it is about", async () => {
    await caller("names").call("add", "names-target", 1n);
    const starts = (await caller("names").oplog()).flatMap(({ entry }) =>
      entry.type === "StartSpan" ? [entry["attributes"] as Attributes] : [],
    );
    const [run] = (await hosted().worker("names-target").oplog()).flatMap(
      ({ entry }): readonly PublicOplogEntry[] => (entry.type === "ExportedFunctionInvoked" ? [entry] : []),
    );
    expect(starts).toMatchObject([
      { target_worker_id: { value: `${hosted().componentId("probe")}/names-target` } },
      {
        function_name: { value: "test:probe-exports/api.{add}" },
        idempotency_key: { value: run?.["idempotencyKey"] },
      },
    ]);
  });

  test("is replayed as the same spans, wherever the worker was lost", { timeout: 120_000 }, async () => {
    const scenario = async (worker: HostedWorker): Promise<unknown> =>
      worker.callWithKey("k", "tally", "crashed-target", 1, 1);
    const undisturbed = caller("undisturbed");
    const result = await scenario(undisturbed);
    const oplog = await undisturbed.oplog();
    const spansOf = (entries: OplogEntries): string[] =>
      story(entries).filter((each) => each.endsWith("Span"));
    const first = oplog.findIndex(({ entry }) => entry.type === "StartSpan");
    for (const { oplogIndex, entry } of oplog.slice(first)) {
      if (entry.type !== "StartSpan" && entry.type !== "FinishSpan") continue;
      const worker = caller(`crashed-after-${oplogIndex}`);
      const crashed = hosted().host.simulation.crash(worker.id, { afterEntry: oplogIndex });
      expect(await scenario(worker)).toEqual(result);
      expect(await crashed).toBe(true);
      expect(spansOf(await worker.oplog())).toEqual(spansOf(oplog));
      await worker.crash();
      expect(await worker.call("relay", [])).toBe(0);
    }
  });
});
