import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WitType } from "../../src/model.ts";
import { valueFromWave } from "../../src/wave/value-from-wave.ts";
import { WaveError } from "../../src/wave/wave-error.ts";
import { waveFromValue } from "../../src/wave/wave-from-value.ts";
import { arbitraryTypedValue } from "../arbitrary-value.ts";

const line: WitType = {
  kind: "record",
  name: "order-line",
  fields: [
    { name: "sku", type: { kind: "string" } },
    { name: "unit-price", type: { kind: "f64" } },
    { name: "note", type: { kind: "option", some: { kind: "string" } } },
  ],
};

test("a value survives the way through its notation", () => {
  fc.assert(
    fc.property(arbitraryTypedValue, ({ type, value }) => {
      expect(valueFromWave(type, waveFromValue(type, value))).toStrictEqual(value);
    }),
  );
});

describe("notation", () => {
  const u8: WitType = { kind: "u8" };
  const option: WitType = { kind: "option", some: u8 };
  const cases: [WitType, unknown, string][] = [
    [line, { sku: "tea", unitPrice: 4.5, note: undefined }, '{sku: "tea", unit-price: 4.5}'],
    [{ kind: "option", some: { kind: "bool" } }, true, "some(true)"],
    [{ kind: "option", some: option }, { tag: "some", val: undefined }, "some(none)"],
    [{ kind: "result", ok: null, err: { kind: "string" } }, { tag: "ok" }, "ok"],
    [
      { kind: "result", ok: null, err: { kind: "string" } },
      { tag: "err", val: 'no "tea"' },
      'err("no \\"tea\\"")',
    ],
    [{ kind: "list", element: u8 }, Uint8Array.of(1, 2), "[1, 2]"],
    [{ kind: "tuple", items: [u8, { kind: "char" }] }, [1, "'"], "(1, '\\'')"],
    [{ kind: "flags", name: null, names: ["a", "b-c"] }, { a: true, bC: true }, "{a, b-c}"],
    [
      { kind: "variant", name: null, cases: [{ name: "none", type: u8 }] },
      { tag: "none", val: 1 },
      "%none(1)",
    ],
    [{ kind: "f64" }, -Infinity, "-inf"],
    [{ kind: "f32" }, NaN, "nan"],
    [{ kind: "string" }, "a\n\u0000😀", '"a\\n\\u{0}😀"'],
    [{ kind: "u64" }, 2n ** 64n - 1n, "18446744073709551615"],
    [{ kind: "record", name: null, fields: [{ name: "a", type: option }] }, { a: undefined }, "{:}"],
  ];

  test.each(cases)("%j", (type, value, text) => {
    expect(waveFromValue(type, value)).toBe(text);
    expect(valueFromWave(type, text)).toStrictEqual(value);
  });

  test("space, comments and a last comma are allowed", () => {
    expect(valueFromWave(line, ' { // a line\n sku : "tea" , unit-price: 1 , note: "x" , } ')).toEqual({
      sku: "tea",
      unitPrice: 1,
      note: "x",
    });
  });

  test("some and ok may be left out where nothing else can be meant", () => {
    expect(valueFromWave({ kind: "option", some: u8 }, "1")).toBe(1);
    expect(valueFromWave({ kind: "result", ok: u8, err: null }, "1")).toEqual({ tag: "ok", val: 1 });
    expect(() => valueFromWave({ kind: "option", some: option }, "1")).toThrow(
      "expected some(…) or none, found `1`",
    );
  });
});

describe("errors say where", () => {
  test.each<[WitType, string, string]>([
    [line, '{sku: "tea"}', "1:1: expected record order-line with unit-price, found `{`"],
    [line, '{sku: "tea",\n  price: 1}', "2:3: expected one of the fields unit-price, note, found `price`"],
    [line, "{sku: tea}", '1:7: expected a string between " and ", found `tea`'],
    [{ kind: "u8" }, "256", "1:1: expected u8, an integer from 0 to 255, found `256`"],
    [{ kind: "u8" }, "1.5", "1:1: expected u8, an integer from 0 to 255, found `1.5`"],
    [{ kind: "u8" }, "1 2", "1:3: expected the end of the value, found `2`"],
    [{ kind: "list", element: { kind: "u8" } }, "[1, 2", "1:6: expected `,`, found the end of the text"],
    [{ kind: "string" }, '"tea', '1:1: expected a string between " and ", found no closing "'],
    [{ kind: "string" }, '"\\x"', "found \\`x`"],
    [{ kind: "enum", name: null, cases: ["a", "b"] }, "c", "1:1: expected a, b, found `c`"],
    [{ kind: "tuple", items: [{ kind: "u8" }] }, "(1, 2)", "1:5: expected tuple<u8> with 1 items, found `2`"],
    [{ kind: "own", resource: { name: "invoice", interface: null } }, "1", "own<invoice> is a handle"],
  ])("%j %s", (type, text, message) => {
    expect(() => valueFromWave(type, text)).toThrow(WaveError);
    expect(() => valueFromWave(type, text)).toThrow(message);
  });
});
