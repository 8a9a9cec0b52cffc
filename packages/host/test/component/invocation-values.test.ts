import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findExport } from "../../src/component/find-export.ts";
import { GolemError } from "../../src/ground/golem-error.ts";
import { indexedParams, paramsFromJson, resultToJson } from "../../src/component/invocation-values.ts";
import { goldenWorld } from "./golden-world.ts";

const world = goldenWorld();
const worker = { componentId: "01a00fcd-39f1-4616-a9b4-8f3b3b62c750", workerName: "w1" };

interface Exchange {
  readonly label: string;
  readonly query?: { readonly function?: string };
  readonly requestBody?: { readonly params?: readonly { readonly typ?: unknown; readonly value: unknown }[] };
  readonly response: { readonly golemError?: { readonly details?: string } };
}

const exchanges = readFileSync(new URL("../fixtures/golden/values.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Exchange => JSON.parse(line));

function params(name: string, ...given: { readonly typ?: unknown; readonly value: unknown }[]): unknown[] {
  return paramsFromJson(findExport(world, `shop:orders-exports/api.{${name}}`), given, worker);
}

function detailsOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof GolemError && error.detail.type === "InvalidRequest") return error.detail.details;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("paramsFromJson", () => {
  const wrong = exchanges.filter(({ response }) =>
    /^(Invalid parameter|Parameter )/.test(response.golemError?.details ?? ""),
  );

  test.each(wrong.filter(({ label }) => !label.startsWith("right call")))(
    "refuses as Golem does: $label",
    ({ query, requestBody, response }) => {
      const target = findExport(world, query?.function ?? "");
      const given = requestBody?.params ?? [];
      expect(detailsOf(() => paramsFromJson(target, given, worker))).toBe(response.golemError?.details);
    },
  );

  test("there are recorded refusals to compare with", () => {
    expect(wrong.length).toBeGreaterThan(10);
  });

  test("gives JavaScript values of the parameters' types", () => {
    expect(params("price-of", { value: 8364 }, { value: 12 })).toEqual(["€", 12n]);
    expect(params("place", { value: ["gift", "express"] })).toEqual([
      { express: true, gift: true, insured: false },
    ]);
    expect(params("add-line", { value: { sku: "tea", quantity: 2, price: 4.5 } })).toEqual([
      { sku: "tea", quantity: 2, price: 4.5 },
    ]);
  });

  test("keeps 64-bit integers exact", () => {
    const big = -9_223_372_036_854_775_808n;
    expect(params("price-of", { value: 97 }, { value: big })).toEqual(["a", big]);
  });

  test("ignores parameters that the function does not have", () => {
    expect(params("note", { value: "a" }, { value: "b" })).toEqual(["a"]);
  });

  test("accepts types that are the function's own", () => {
    expect(params("note", { typ: { type: "Str" }, value: "zwei €" })).toEqual(["zwei €"]);
    const urn = "urn:worker:01a00fcd-39f1-4616-a9b4-8f3b3b62c750/w1/7";
    const typ = { type: "Handle", mode: "Owned", resource_id: 5 };
    expect(params("invoice.amount", { typ, value: urn })).toEqual([{ handle: 7 }]);
  });

  test("refuses a type that is none", () => {
    expect(detailsOf(() => params("note", { typ: { type: "Text" }, value: "a" }))).toMatch(
      /^Invalid type of parameter text/,
    );
  });

  test("refuses a handle of another worker", () => {
    const urn = "urn:worker:01a00fcd-39f1-4616-a9b4-8f3b3b62c750/w2/0";
    expect(detailsOf(() => params("invoice.amount", { value: urn }))).toBe(
      "Value mismatch: in $ cannot resolve handle belonging to a different worker",
    );
  });
});

describe("resultToJson", () => {
  test("is an empty tuple for a function without result", () => {
    expect(resultToJson(null, undefined, worker)).toEqual({
      form: "json",
      typ: { type: "Tuple", items: [] },
      value: [],
    });
  });

  test("is a tuple of one, with its type", () => {
    const { result } = findExport(world, "shop:orders-exports/api.{tags}").function;
    expect(resultToJson(result, [["first", 0]], worker)).toEqual({
      form: "json",
      typ: {
        type: "Tuple",
        items: [{ type: "List", inner: { type: "Tuple", items: [{ type: "Str" }, { type: "U8" }] } }],
      },
      value: [[["first", 0]]],
    });
  });

  test("writes handles as URNs of the worker", () => {
    const { result } = findExport(world, "shop:orders-exports/api.{invoice.new}").function;
    expect(resultToJson(result, { handle: 3 }, worker).value).toEqual([
      "urn:worker:01a00fcd-39f1-4616-a9b4-8f3b3b62c750/w1/3",
    ]);
  });

  test("says where a number is that JSON cannot write", () => {
    const { result } = findExport(world, "shop:orders-exports/api.{invoice.amount}").function;
    expect(() => resultToJson(result, Number.NaN, worker)).toThrow(/cannot be written as JSON/);
  });
});

describe("indexedParams", () => {
  const indexed = (given: string): unknown[] => {
    const found = findExport(world, `shop:orders-exports/api.{invoice(${given}).amount}`).indexed;
    if (found === null) throw new Error("not indexed");
    return indexedParams(found);
  };

  test("reads the arguments by the constructor's types", () => {
    expect(indexed('"INV-3"')).toEqual(["INV-3"]);
  });

  test.each([
    ["17", /^Failed to parse resource constructor parameters: /],
    ['"a","b"', /Resource params count mismatch: expected 1, got 2$/],
  ])("refuses %s", (given, message) => {
    expect(detailsOf(() => indexed(given))).toMatch(message);
  });
});
