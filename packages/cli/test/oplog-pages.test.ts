import { expect, test } from "vitest";
import { describeEntry } from "../src/describe-entry.ts";
import { oplogPages } from "../src/rest/oplog-pages.ts";

/** Entries as Golem 1.2.0 and as 1.2.5 write them. */
const COMPLETED = { type: "ExportedFunctionCompleted", timestamp: "2026-11-22T17:14:07.436Z" };
const response = { typ: { type: "Tuple", items: [{ type: "U64" }] }, value: [1] };
const OLD = {
  entries: [
    {
      oplogIndex: 1,
      entry: {
        type: "ImportedFunctionInvoked",
        timestamp: "2026-11-22T17:14:07.430Z",
        function_name: "monotonic_clock::now",
        request: { typ: { type: "Option", inner: { type: "Str" } }, value: null },
        response: { typ: { type: "U64" }, value: 7 },
        wrapped_function_type: { type: "ReadLocal" },
      },
    },
  ],
  next: { next_oplog_index: 2, current_component_version: 3 },
  firstIndexInChunk: 1,
  lastIndex: 2,
};
const NEW = {
  entries: [{ oplogIndex: 2, entry: { ...COMPLETED, response, consumedFuel: 0 } }],
  next: { nextOplogIndex: 3, currentComponentVersion: 3 },
  firstIndexInChunk: 2,
  lastIndex: 2,
};

async function read(
  start: Parameters<typeof oplogPages>[0],
  pages: readonly unknown[],
): Promise<{ readonly asked: readonly string[]; readonly lines: readonly string[] }> {
  const asked: string[] = [];
  const lines: string[] = [];
  const entries = oplogPages(start, async (query) => {
    asked.push(query.toString());
    return pages[asked.length - 1];
  });
  for await (const entry of entries) lines.push(`${entry.index} ${entry.type} ${describeEntry(entry)}`);
  return { asked, lines };
}

test("both spellings of names are understood, and pages are read to the end", async () => {
  expect(await read({ from: 1 }, [OLD, NEW])).toEqual({
    asked: ["count=100&from=1", "count=100&cursor=2-3"],
    lines: ["1 ImportedFunctionInvoked monotonic_clock::now null → 7", "2 ExportedFunctionCompleted → [1]"],
  });
});

test("a query is asked for on every page, and a page without entries is the last", async () => {
  const { asked } = await read({ query: "a b" }, [OLD, { ...NEW, entries: [], next: null }]);

  expect(asked).toEqual(["count=100&query=a+b", "count=100&query=a+b&cursor=2-3"]);
});
