import { describe, expect, test } from "vitest";

import type { PublicOplogEntry } from "../../src/index.ts";
import { matchesQuery } from "../../src/oplog/matches-query.ts";
import { parseSearchQuery, SearchQueryError } from "../../src/oplog/search-query.ts";

const STR = { type: "Str" };
const ITEM = {
  type: "Record",
  fields: [
    { name: "sku", typ: STR },
    { name: "amount", typ: { type: "U32" } },
  ],
};

/** A call of `place` with a record beside a text, and with records in a list. */
const ENTRY: PublicOplogEntry = {
  type: "ExportedFunctionInvoked",
  timestamp: "2026-11-22T16:54:16.162Z",
  functionName: "shop:orders-exports/api.{place}",
  idempotencyKey: "key-7",
  request: [
    { typ: { type: "Tuple", items: [ITEM] }, value: [{ sku: "Green Tea", amount: 12 }] },
    {
      typ: {
        type: "Record",
        fields: [
          { name: "paid", typ: { type: "Bool" } },
          { name: "items", typ: { type: "List", inner: ITEM } },
          { name: "note", typ: { type: "Option", inner: STR } },
          {
            name: "by",
            typ: {
              type: "Variant",
              cases: [
                { name: "courier", typ: STR },
                { name: "post", typ: null },
              ],
            },
          },
        ],
      },
      value: { paid: true, items: [{ sku: "cup", amount: 1 }], note: null, by: { courier: "fast" } },
    },
  ],
  traceId: "cafe",
  traceStates: [],
  invocationContext: [],
};

const matches = (query: string): boolean => matchesQuery(ENTRY, parseSearchQuery(query));

describe("a search in an oplog", () => {
  test.each([
    "place",
    "PLACE",
    "exportedfunction",
    "exported-function-invoked",
    "key-7",
    '"Green Tea"',
    "/gr[e]+n/ OR /Gr[e]+n/",
    "true AND 12",
    "courier",
    "sku:tea",
    "sku=tea",
    'sku:"Green Tea"',
    "sku:/^cup$/",
    "items.sku:cup",
    "items:(sku:cup AND amount:1)",
    "by:fast",
    "NOT refund",
    "place NOT refund",
    "refund OR place",
    "nothing AND nothing OR place",
    "(refund OR place) AND tea",
    String.raw`api.\{place\}`,
    "sku:(tea OR coffee)",
  ])("finds %s", (query) => {
    expect(matches(query)).toBe(true);
  });

  test.each([
    "refund",
    '"green tea"',
    "/^place$/",
    "NOT place",
    "place refund",
    // Adjacent conditions bind least: this is (place OR tea) AND refund.
    "place OR tea refund",
    "amount:tea",
    "items.sku:tea",
    "sku:place",
    "type:exported",
    "cafe",
    "timestamp",
    "post",
  ])("does not find %s", (query) => {
    expect(matches(query)).toBe(false);
  });

  test.each([
    ["", 0],
    ["(((", 3],
    ["tea)", 3],
    ["tea AND", 7],
    ["OR tea", 0],
    ["sku:", 4],
    ["a /(/", 2],
    ['a "b', 1],
  ])("refuses %j and says where", (query, position) => {
    const parse = (): unknown => parseSearchQuery(query);
    expect(parse).toThrow(SearchQueryError);
    expect(parse).toThrow(expect.objectContaining({ position }));
  });
});
