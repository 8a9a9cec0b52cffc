import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { failure, Hosted, story } from "../hosted.ts";

let hosted: Hosted;
beforeAll(async () => {
  hosted = await Hosted.open(["tracer"]);
}, 300_000);
afterAll(() => hosted[Symbol.asyncDispose]());

describe("golem:api/oplog", () => {
  test("gives a worker its own oplog in pages of 100", async () => {
    const worker = hosted.worker("paged", "tracer");
    for (let line = 0; line < 25; line += 1) await worker.call("note", `line ${line}`);
    const recorded = story(await worker.oplog());
    const pages = (await worker.call("pages", 1n)) as string[][];
    expect(pages[0]).toHaveLength(100);
    expect(pages.flat().slice(0, recorded.length)).toEqual(
      recorded.map((each) => (each.split(" ")[0] ?? "").replaceAll(/(?<=.)[A-Z]/g, "-$&").toLowerCase()),
    );
    // What came since is the call that reads.
    expect(pages.flat()[recorded.length]).toBe("exported-function-invoked");
  });

  test("begins where it is asked to", async () => {
    const worker = hosted.worker("later", "tracer");
    await worker.call("note", "one");
    const all = (await worker.call("pages", 0n)) as string[][];
    const late = (await worker.call("pages", 3n)) as string[][];
    expect(all.flat()[0]).toBe("create");
    expect(late.flat()[0]).toBe(all.flat()[2]);
  });

  test("shows what the public oplog shows, with values as trees", async () => {
    const worker = hosted.worker("shown", "tracer");
    await worker.callWithKey("key-1", "note", "seen");
    const entries = ((await worker.call("entries")) as string[]).map((each) => JSON.parse(each));
    expect(entries[0]).toMatchObject({
      tag: "create",
      val: { workerId: { workerName: "shown" }, componentVersion: 0, accountId: { value: "-1" } },
    });
    expect(entries).toContainEqual({
      tag: "exported-function-invoked",
      val: expect.objectContaining({
        functionName: "test:tracer-exports/api.{note}",
        request: [{ nodes: [{ tag: "prim-string", val: "seen" }] }],
        idempotencyKey: "key-1",
      }),
    });
    expect(entries).toContainEqual({
      tag: "log",
      val: expect.objectContaining({ level: "info", context: "tracer", message: "seen" }),
    });
    const [{ entry } = { entry: undefined }] = await worker.oplog();
    const { seconds, nanoseconds } = entries[0].val.timestamp;
    expect(new Date(seconds * 1_000 + nanoseconds / 1_000_000).toISOString()).toBe(entry?.timestamp);
  });

  test("is searched, with the indexes of what is found", async () => {
    const worker = hosted.worker("searched", "tracer");
    await worker.call("note", "needle");
    const index = (await worker.oplog()).find(({ entry }) => entry.type === "Log")?.oplogIndex;
    expect(await worker.call("search", 'log AND "needle"')).toContainEqual([BigInt(index ?? 0), "log"]);
    expect(await worker.call("search", "never-said AND NOT never-said")).toEqual([]);
  });

  test("ends the guest for a query that cannot be read", async () => {
    const worker = hosted.worker("misread", "tracer");
    expect(await failure(worker.call("search", "((("))).toContain("the query ends too early");
  });
});
