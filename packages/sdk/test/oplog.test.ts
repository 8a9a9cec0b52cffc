import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LabWorkers } from "./lab-workers.ts";
import { openLab, type Lab } from "./lab.ts";

let lab: Lab;
let records: LabWorkers;
let traces: LabWorkers;
beforeAll(async () => {
  lab = await openLab();
  records = new LabWorkers(lab, "records");
  traces = new LabWorkers(lab, "traces");
}, 240_000);
afterAll(() => lab[Symbol.asyncDispose]());

describe("a worker's own oplog", () => {
  test("is read with its indexes, over several pages, from any entry on", async () => {
    for (let call = 0; call < 34; call += 1) await records.call("reading", "search", "nothing-of-that-name");
    const recorded = await records.oplog("reading");
    const read = (await records.call("reading", "read", 1n)) as string[];
    expect(read.length).toBeGreaterThan(100);
    const kebab = recorded.map(({ type }) => type.replaceAll(/(?<=.)[A-Z]/g, "-$&").toLowerCase());
    expect(read.slice(0, recorded.length).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(
      kebab.map((type, at) => `${at + 1} ${type}`),
    );
    const late = (await records.call("reading", "read", 90n)) as string[];
    expect(late[0]).toBe(read[89]);
  });

  test("is searched, with the indexes of what is found", async () => {
    await records.call("searching", "go-back");
    const answer = (await records.call("searching", "search", '"eventual::set"')) as string[];
    // The search finds itself too.
    const found = answer.filter((line) => line.includes("imported"));
    const recorded = await records.oplog("searching");
    const sets = recorded.flatMap(({ functionName }, at) =>
      String(functionName).includes("eventual::set") ? [`${at + 1}`] : [],
    );
    expect(found.map((line) => line.split(" ")[0])).toEqual(sets);
    expect(found[0]).toContain("imported-function-invoked golem keyvalue::eventual::set");
  });

  test("that was read and searched leaves no handle behind", async () => {
    await records.call("leaving", "read", 1n);
    await records.call("leaving", "search", "log");
    expect(await records.handles("leaving")).toEqual([]);
  });

  test("is gone back in, which forgets what came later", async () => {
    expect(await records.call("back", "go-back")).toBe(3);
    expect((await records.oplog("back")).filter(({ type }) => type === "Jump")).toHaveLength(2);
    await records.crash("back");
    expect(await records.call("back", "go-back")).toBe(4);
  });

  test("is not touched by what cannot be meant", async () => {
    expect(await records.call("misusing", "misused-records")).toEqual([
      "invalid-oplog-index",
      "invalid-oplog-index",
      "invalid-replicas",
      "invalid-replicas",
      "invalid-uuid",
      "true smart",
    ]);
  });
});

describe("spans", () => {
  test("nest, end with their scope or function, and tell what they are about", async () => {
    expect(await traces.call("tracing", "spans")).toEqual([
      "own blue, around red",
      "all blue round",
      "chains blue,red",
      "one round undefined",
      "chain inner,outer,invoke-exported-function",
      "headers true",
      "started true",
      "back in outer",
      "span-finished",
      "TypeError: as it is",
      "left invoke-exported-function",
      "not-a-function",
      "true true scope-open true",
      "false",
    ]);
  });

  test("and contexts leave no handle behind", async () => {
    await traces.call("leaving-spans", "spans");
    expect(await traces.handles("leaving-spans")).toEqual([]);
  });

  test("are recorded, each with its end, and replayed", async () => {
    await traces.call("recorded", "spans");
    const oplog = await traces.oplog("recorded");
    const attributes = oplog.filter(({ type }) => type === "SetSpanAttribute");
    expect(attributes.map(({ key, value }) => [key, value])).toContainEqual([
      "error",
      { type: "String", value: "TypeError: as it is" },
    ]);
    const count = (wanted: string): number => oplog.filter(({ type }) => type === wanted).length;
    expect([count("StartSpan"), count("FinishSpan")]).toEqual([3, 3]);
    await traces.crash("recorded");
    expect(await traces.call("recorded", "spans")).toHaveLength(14);
  });
});
