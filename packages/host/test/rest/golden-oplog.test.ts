import { get } from "node:http";
import { text } from "node:stream/consumers";

import { beforeAll, describe, expect, test } from "vitest";
import type { OplogPage, PublicOplogEntry } from "../../src/index.ts";
import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { Origin } from "../http/origin.ts";
import { deployCallers } from "./families/rpc-components.ts";
import { comparableEntry } from "./golden-entries.ts";
import { type Exchange, goldenExchanges, goldenLines } from "./golden-exchanges.ts";
import { type RestComponent, RestHost } from "./rest-host.ts";

/** An entry of a recorded oplog, and whose it is. */
interface RecordedLine {
  readonly of: "tour" | "caller" | "callee";
  readonly entry: PublicOplogEntry;
}

const TOUR = "7258e677-ddee-46a4-ba00-1293410a8b1f";
const WORKER = "o1-mws3jiot";
const ORIGIN = "127.0.0.1:8099";

/** Where the two programs differ, or the two engines: what the recorded one called, and ours calls otherwise. */
const OF_THE_PROGRAM: ReadonlySet<string> = new Set([
  "ImportedFunctionInvoked golem blobstore::container::get_data",
  "ImportedFunctionInvoked golem blobstore::container::object_info",
  "ImportedFunctionInvoked monotonic_clock::resolution",
]);

/** The function that an entry is about, or the kind of span. */
function subjectOf(entry: PublicOplogEntry): unknown {
  const attributes = entry["attributes"] as { readonly name?: { readonly value: string } } | undefined;
  return entry["functionName"] ?? entry["function_name"] ?? attributes?.name?.value;
}

/** Entries in the words that both servers share, by their kind and what they are about, in order. */
function byFunction(entries: readonly PublicOplogEntry[]): ReadonlyMap<string, readonly unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const entry of entries) {
    const name = subjectOf(entry);
    const key = typeof name === "string" ? `${entry.type} ${name}` : entry.type;
    groups.set(key, [...(groups.get(key) ?? []), comparableEntry(entry)]);
  }
  return groups;
}

const recorded = (of: RecordedLine["of"]): ReadonlyMap<string, readonly unknown[]> =>
  byFunction(
    goldenLines<RecordedLine>("oplog-entries").flatMap((line) => (line.of === of ? [line.entry] : [])),
  );

async function oplogOf(component: RestComponent, name: string): Promise<PublicOplogEntry[]> {
  return (await component.worker(name).oplog()).map(({ entry }) => entry);
}

describe("the entries that a recorded program has written are written here with the same values", () => {
  const host = new RestHost({ allow: ["local"] });
  let ours: ReadonlyMap<string, readonly unknown[]>;
  beforeAll(async () => {
    await using origin = await Origin.open({ "/golden": (_, response) => response.end("GET /golden ok") });
    const { wasm } = await fixtureComponent("tour");
    const tour = await host.deploy("shop:tour", wasm);
    for (const exchange of goldenExchanges("oplog").filter(({ label }) => /^(create|call )/.test(label))) {
      const text = JSON.stringify(exchange).replaceAll(TOUR, tour.id).replaceAll(ORIGIN, origin.authority);
      const { method, path, ...parts } = JSON.parse(text) as Exchange;
      expect(await host.request(method, path, parts)).toMatchObject({ status: 200 });
    }
    const entries = JSON.stringify(await oplogOf(tour, WORKER)).replaceAll(origin.authority, ORIGIN);
    ours = byFunction(JSON.parse(entries) as PublicOplogEntry[]);
  }, 120_000);

  test.each([...recorded("tour")].filter(([key]) => !OF_THE_PROGRAM.has(key)))("%s", (key, expected) => {
    const found = ours.get(key) ?? [];
    const common = Math.min(found.length, expected.length);
    expect(common).toBeGreaterThan(0);
    expect(found.slice(0, common)).toEqual(expected.slice(0, common));
  });
});

/** What a poll of a future has found, with its type: the case `Completed` of the states that are recorded. */
function completed(entries: readonly PublicOplogEntry[]): { readonly typ: object; readonly value: object } {
  for (const { response } of entries) {
    const { typ, value } = response as {
      readonly typ: { readonly cases?: readonly { readonly name: string; readonly typ: object }[] };
      readonly value: object;
    };
    const type = typ.cases?.find(({ name }) => name === "Completed")?.typ;
    if (type && "Completed" in value) return { typ: type, value: value.Completed as object };
  }
  throw new Error("No poll of a future has found its result");
}

describe("calls of other workers are recorded as they were", () => {
  const host = new RestHost();
  let entries: readonly PublicOplogEntry[];
  let ofCallee: readonly PublicOplogEntry[];
  let ours: ReadonlyMap<string, readonly unknown[]>;
  beforeAll(async () => {
    const { caller, target } = await deployCallers(host);
    const call = (name: string, ...values: readonly unknown[]): Promise<unknown> =>
      caller.worker("caller").call(`it:caller/calls.{${name}}`, ...values);
    await call("trigger", "target", 1);
    await call("schedule", "target", 1, 600_000, true);
    await call("in-parallel", "target");
    await call("once");
    entries = await oplogOf(caller, "caller");
    ofCallee = await oplogOf(target, "target");
    ours = byFunction(entries);
  }, 120_000);

  test.each([...recorded("caller")])("%s", (key, [expected]) => {
    expect(ours.get(key)?.[0]).toEqual(expected);
  });

  test("what a call is part of, as the callee sees it: the caller's spans, out to its request", () => {
    const contextOf = (all: readonly PublicOplogEntry[]): unknown => {
      const found = all.find(({ type }) => type === "ExportedFunctionInvoked");
      if (found === undefined) throw new Error("Nothing was invoked");
      return (comparableEntry(found) as PublicOplogEntry)["invocationContext"];
    };
    const lines = goldenLines<RecordedLine>("oplog-entries").filter(({ of }) => of === "callee");
    expect(contextOf(ofCallee)).toEqual(contextOf(lines.map(({ entry }) => entry)));
  });

  test("the result of a future, with Golem's names of what may go wrong", () => {
    const polls = (all: readonly PublicOplogEntry[]): readonly PublicOplogEntry[] =>
      all.filter((entry) => String(entry["functionName"] ?? entry["function_name"]).endsWith("result::get"));
    const recordedPolls = goldenLines<RecordedLine>("oplog-entries").map(({ entry }) => entry);
    const expected = completed(polls(recordedPolls));
    const found = completed(polls(entries));
    expect(found.typ).toMatchObject({ ...expected.typ, ok: { type: "Tuple", items: [expect.anything()] } });
    expect(found.value).toEqual({ ok: [expect.anything()] });
    expect(expected.value).toEqual({ ok: [expect.anything()] });
  });
});

/** The answer to a request as golem-cli makes it: it says neither who it is nor what it reads. */
function answerToGolemCli(host: RestHost, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = get(new URL(path, host.url), { headers: { accept: "*/*" } }, (response) => {
      void text(response).then(resolve, reject);
    });
    asked.on("error", reject);
  });
}

describe("golem-cli, which does not tell its version, is answered in the words of each", () => {
  const host = new RestHost();
  let page: { readonly entries: readonly { readonly entry: PublicOplogEntry }[]; readonly next: object };
  let ofOthers: OplogPage;
  beforeAll(async () => {
    const { wasm } = await fixtureComponent("tour");
    const tour = await host.deploy("shop:tour", wasm);
    const path = `${tour.path}/workers/told/oplog?count=100&from=1`;
    for (const name of ["kv-set", "blob-write", "log", "atomic", "oplog-index"]) {
      const call = goldenExchanges("oplog").find(({ label }) => label === `call ${name}`);
      const params = call?.requestBody as { readonly params: readonly { readonly value: unknown }[] };
      await tour
        .worker("told")
        .call(`shop:tour-exports/api.{${name}}`, ...params.params.map(({ value }) => value));
    }
    page = JSON.parse(await answerToGolemCli(host, path)) as typeof page;
    ofOthers = (await host.request("GET", path)).body as OplogPage;
  }, 120_000);

  const recordedEntries = goldenLines<RecordedLine>("oplog-entries").map(({ entry }) => entry);
  const fieldsByType = (entries: readonly PublicOplogEntry[]): Map<string, ReadonlySet<string>> =>
    new Map(entries.map((entry) => [entry.type, new Set(Object.keys(entry))]));

  test("with every field that 1.2.0 has", () => {
    const ours = fieldsByType(page.entries.map(({ entry }) => entry));
    const theirs = fieldsByType(recordedEntries);
    const common = [...theirs].filter(([type]) => ours.has(type));
    expect(common.length).toBeGreaterThan(5);
    for (const [type, fields] of common)
      expect({ type, missing: [...fields].filter((field) => ours.get(type)?.has(field) !== true) }).toEqual({
        type,
        missing: [],
      });
    expect(page.next).toMatchObject({ next_oplog_index: expect.any(Number), current_component_version: 0 });
  });

  test("with every entry that others get in the words of 1.2.5", () => {
    expect(page).toMatchObject(ofOthers);
    const names = ofOthers.entries.flatMap(({ entry }) => Object.keys(entry));
    expect(names.filter((name) => name.includes("_"))).toEqual([]);
  });
});
