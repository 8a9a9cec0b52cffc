import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WitType } from "../../src/model.ts";
import { analysedType } from "../../src/value/analysed-type.ts";
import { jsonFromValue } from "../../src/value/json-from-value.ts";
import { type JsonTree, parseJson, stringifyJson } from "../../src/value/json-tree.ts";
import { typeFromAnalysed } from "../../src/value/type-from-analysed.ts";
import { valueFromJson } from "../../src/value/value-from-json.ts";
import { WitValueError } from "../../src/value/value-error.ts";
import { arbitraryType, arbitraryTypedValue } from "../arbitrary-value.ts";

describe("JSON of values", () => {
  test("a value survives the way through JSON text", () => {
    fc.assert(
      fc.property(
        arbitraryTypedValue.filter(({ type }) => !hasNestedOption(type)),
        ({ type, value }) => {
          const text = stringifyJson(jsonFromValue(type, value));
          expect(valueFromJson(type, parseJson(text))).toStrictEqual(value);
        },
      ),
    );
  });

  test("integers of 64 bits keep all digits", () => {
    expect(parseJson("[18446744073709551615, -9223372036854775808, 7]")).toEqual([
      2n ** 64n - 1n,
      -(2n ** 63n),
      7,
    ]);
    expect(stringifyJson([2n ** 64n - 1n, 7])).toBe("[18446744073709551615,7]");
    expect(parseJson("[1e22, 0.1234567890123456]")).toEqual([1e22, 0.1234567890123456]);
  });

  test("has neither NaN nor infinity", () => {
    expect(() => jsonFromValue({ kind: "f64" }, NaN)).toThrow(
      "expected a finite number, for JSON has no others, found NaN",
    );
    expect(() => jsonFromValue({ kind: "f32" }, 1e300)).toThrow("found Infinity");
  });

  test("refuses a none within a some, and reads none as the outermost", () => {
    const nested: WitType = { kind: "option", some: { kind: "option", some: { kind: "u8" } } };
    const inner = { tag: "some", val: undefined };
    expect(() => jsonFromValue(nested, inner)).toThrow("a value that JSON tells from none");
    expect(jsonFromValue(nested, inner, { nestedNone: "null" })).toBeNull();
    expect(jsonFromValue(nested, { tag: "none" })).toBeNull();
    expect(valueFromJson(nested, null)).toEqual({ tag: "none" });
    expect(valueFromJson(nested, 5)).toEqual({ tag: "some", val: 5 });
  });

  test("handles go through the caller", () => {
    const type: WitType = { kind: "own", resource: { name: "invoice", interface: null } };
    const invoice = { id: 7 };
    expect(jsonFromValue(type, invoice, { handle: () => "urn:worker:c/w/7" })).toBe("urn:worker:c/w/7");
    expect(valueFromJson(type, "urn:worker:c/w/7", { handle: (urn) => ({ urn }) })).toEqual({
      urn: "urn:worker:c/w/7",
    });
    expect(() => jsonFromValue(type, invoice)).toThrow("expected a value without handles");
  });
});

describe("what Golem answers to wrong JSON", () => {
  const line: WitType = {
    kind: "record",
    name: "order-line",
    fields: [
      { name: "sku", type: { kind: "string" } },
      { name: "quantity", type: { kind: "u32" } },
      { name: "price", type: { kind: "f64" } },
    ],
  };
  const delivery: WitType = { kind: "flags", name: "delivery", names: ["express", "gift", "insured"] };
  const handle: WitType = { kind: "borrow", resource: { name: "invoice", interface: null } };
  const types: Readonly<Record<string, WitType>> = {
    c: { kind: "char" },
    big: { kind: "s64" },
    text: { kind: "string" },
    line,
    delivery,
    self: handle,
  };
  const recorded = ["values", "resources"]
    .flatMap((name) =>
      readFileSync(new URL(`../golden/rest/${name}.jsonl`, import.meta.url), "utf8")
        .trim()
        .split("\n"),
    )
    .map(
      (exchange) => JSON.parse(exchange) as { label: string; details: string; params: { value: JsonTree }[] },
    )
    .map(({ label, details, params }) => {
      const [, name = "", fault = ""] =
        /^(?:Parameter|Invalid parameter value for) (\w+)(?: has unexpected type)?: (.*)$/.exec(details) ??
        [];
      return { label, name, fault, params };
    });

  test("there are recorded answers", () => {
    expect(recorded.length).toBeGreaterThan(9);
  });

  test.each(recorded)("$label: $fault", ({ name, fault, params }) => {
    const index = name === "big" ? 1 : 0;
    const type = types[name] ?? { kind: "bool" };
    const read = () => valueFromJson(type, params[index]?.value ?? null, { handle: () => ({}) });
    expect(read).toThrow(WitValueError);
    expect(read).toThrow(expect.objectContaining({ details: fault }));
  });

  test("ignores further properties and cuts off fractions, as recorded", () => {
    expect(valueFromJson(line, { sku: "x", quantity: 1.5, price: 1, colour: "red" })).toEqual({
      sku: "x",
      quantity: 1,
      price: 1,
    });
  });
});

describe("analysed types", () => {
  test("a type survives, apart from its names", () => {
    fc.assert(
      fc.property(arbitraryType, (type) => {
        const json = analysedType(type);
        expect(analysedType(typeFromAnalysed(JSON.parse(JSON.stringify(json))))).toEqual(json);
      }),
    );
  });

  test("handles carry the number of their resource", () => {
    const type: WitType = {
      kind: "borrow",
      resource: { name: "invoice", interface: "shop:orders-exports/api" },
    };
    const json = { type: "Handle", mode: "Borrowed", resource_id: 3 };
    expect(analysedType(type, () => 3)).toEqual(json);
    expect(typeFromAnalysed(json, () => type.resource)).toEqual(type);
  });

  test.each([
    [
      { type: "List", inner: { type: "Strr" } },
      'typ.inner.type: expected the name of a type, e.g. Str or Record, found "Strr"',
    ],
    [
      { type: "Record", fields: [{ name: 1, typ: { type: "Str" } }] },
      "typ.fields[0].name: expected a string, found 1",
    ],
    [{ type: "Tuple" }, "typ.items: expected an array, found undefined"],
    [null, "typ: expected an object, found null"],
  ])("%j is refused with its place", (json, message) => {
    expect(() => typeFromAnalysed(json)).toThrow(message);
  });
});

function hasNestedOption(type: WitType): boolean {
  switch (type.kind) {
    case "option":
      return type.some.kind === "option" || hasNestedOption(type.some);
    case "list":
      return hasNestedOption(type.element);
    case "tuple":
      return type.items.some(hasNestedOption);
    case "record":
      return type.fields.some((field) => hasNestedOption(field.type));
    case "variant":
      return type.cases.some((case_) => case_.type !== null && hasNestedOption(case_.type));
    case "result":
      return [type.ok, type.err].some((part) => part !== null && hasNestedOption(part));
    default:
      return false;
  }
}
