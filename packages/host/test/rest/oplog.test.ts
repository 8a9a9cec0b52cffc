import { beforeAll, describe, expect, test } from "vitest";
import type { OplogPage } from "../../src/index.ts";
import { goldenComponent } from "../golden-component.ts";
import type { Answer, Exchange } from "./golden-exchanges.ts";
import { ServedHost } from "./served-host.ts";

const NOTE = "shop:orders-exports/api.{note}";

const served = new ServedHost({ component: goldenComponent });

describe("oplogs", () => {
  const oplog = async (query: Exchange["query"]): Promise<Answer> => {
    return served.request("GET", "/workers/logged/oplog", query === undefined ? {} : { query });
  };

  beforeAll(async () => {
    const id = { componentId: served.componentId, workerName: "logged" };
    for (const value of ["n", "m"]) {
      const params = { form: "json", params: [{ value }] } as const;
      await served.host.workers.invokeAndAwait(id, { function: NOTE, params });
    }
  });

  test("are read page by page, by index and by cursor", async () => {
    const { body } = await oplog({ count: 2, from: 1 });
    expect(body).toMatchObject({
      entries: [
        { oplogIndex: 1, entry: { type: "Create", workerId: { workerName: "logged" } } },
        { oplogIndex: 2, entry: { type: expect.any(String), timestamp: expect.any(String) } },
      ],
      firstIndexInChunk: 1,
      lastIndex: expect.any(Number),
      next: { nextOplogIndex: 3, currentComponentVersion: 0 },
    });
    expect((await oplog({ count: 1, cursor: "2-0" })).body).toMatchObject({ entries: [{ oplogIndex: 2 }] });
    expect((await oplog({ count: 1 })).body).toMatchObject({ entries: [{ oplogIndex: 1 }] });
    expect((await oplog({ count: 1, from: 100_000 })).body).toMatchObject({ entries: [], next: null });
  });

  test("show the invocation with its types", async () => {
    const { body } = await oplog({ count: 100 });
    const { entries } = body as OplogPage;
    expect(entries.map(({ entry }) => entry)).toContainEqual(
      expect.objectContaining({
        type: "ExportedFunctionInvoked",
        functionName: NOTE,
        request: [{ typ: { type: "Str" }, value: "n" }],
      }),
    );
    expect(entries.at(-1)?.entry).toMatchObject({
      type: "ExportedFunctionCompleted",
      response: { typ: { type: "Tuple", items: [] }, value: [] },
    });
  });

  test("are searched, page by page", async () => {
    const everything = ((await oplog({ count: 100 })).body as OplogPage).entries;
    const notes = everything.filter(({ entry }) => entry["functionName"] === NOTE);
    expect(notes.length).toBeGreaterThan(1);
    const query = `exported AND "${NOTE}" AND NOT imported`;
    const first = (await oplog({ count: 1, query })).body as OplogPage;
    expect(first).toMatchObject({
      entries: [{ oplogIndex: notes[0]?.oplogIndex }],
      firstIndexInChunk: notes[0]?.oplogIndex,
      lastIndex: everything.length,
    });
    const { nextOplogIndex, currentComponentVersion } = first.next ?? {};
    const cursor = `${nextOplogIndex}-${currentComponentVersion}`;
    const rest = (await oplog({ count: 100, query, cursor })).body as OplogPage;
    expect([...first.entries, ...rest.entries]).toEqual(notes);
    expect((await oplog({ count: 100, query: "nothing-like-this" })).body).toMatchObject({
      entries: [],
      firstIndexInChunk: 1,
      next: null,
    });
  });

  test("refuse a query that cannot be read as Golem does", async () => {
    expect(await oplog({ count: 100, query: "(((" })).toMatchObject({
      status: 500,
      body: { golemError: { type: "Unknown", details: expect.stringContaining("position 3") } },
    });
  });

  test.each([
    [{ from: 1 }, 'failed to parse parameter `count`: Type "integer(uint64)" expects an input value.'],
    [
      { count: 3, cursor: "x" },
      'failed to parse parameter `cursor`: failed to parse "OplogCursor": Invalid oplog cursor (occurred while parsing "optional_OplogCursor")',
    ],
    [
      { count: 3, from: 1, query: "x" },
      { errors: ["Cannot specify both the 'from' and the 'query' parameters"] },
    ],
  ])("refuse %j as Golem does", async (query, body) => {
    expect(await oplog(query)).toMatchObject({ status: 400, body });
  });

  test("of an unknown worker are empty", async () => {
    const answer = await served.request("GET", "/workers/no-such-worker/oplog", {
      query: { count: 3, from: 1 },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { entries: [], firstIndexInChunk: 1, lastIndex: 0, next: null },
    });
  });
});
