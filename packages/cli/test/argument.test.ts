import type { ExportedFunction } from "@golem-kit/deployment";
import {
  jsonFromValue,
  type JsonTree,
  typeFromAnalysed,
  valueFromJson,
  type WitType,
  WitValueError,
} from "@golem-kit/wit";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryTypedValue } from "../../wit/test/arbitrary-value.ts";
import { printResult, readArguments } from "../src/argument.ts";

const line: WitType = {
  kind: "record",
  name: "line",
  fields: [
    { name: "sku", type: { kind: "string" } },
    { name: "quantity", type: { kind: "u64" } },
  ],
};
const handle = typeFromAnalysed({ type: "Handle", mode: "Owned", resource_id: 0 });

function callee(...types: readonly WitType[]): ExportedFunction {
  return { name: "f", params: types.map((type, index) => ({ name: `p${index}`, type })), result: undefined };
}

test.for<[string, WitType, string, JsonTree]>([
  ["a record in WAVE", line, '{sku: "tea", quantity: 2}', { sku: "tea", quantity: 2 }],
  ["a record in JSON", line, '{"sku": "tea", "quantity": 2}', { sku: "tea", quantity: 2 }],
  ["a large integer", { kind: "u64" }, "18446744073709551615", 18446744073709551615n],
  ["a string", { kind: "string" }, '"tea"', "tea"],
  ["a string without quotes", { kind: "string" }, "green tea", "green tea"],
  ["a string that looks like a number", { kind: "string" }, "12", "12"],
  ["a char", { kind: "char" }, "'a'", 97],
  ["none", { kind: "option", some: { kind: "u8" } }, "none", null],
  ["a handle", handle, "urn:worker:c/w/0", "urn:worker:c/w/0"],
])("%s is understood", ([, type, text, json]) => {
  expect(readArguments(callee(type), [text])).toEqual([json]);
});

const nested: WitType = { kind: "option", some: { kind: "option", some: { kind: "bool" } } };

test("an argument that Golem's JSON would change is refused", () => {
  expect(() => readArguments(callee(nested), ["some(none)"])).toThrow(
    /^Argument <p0> "some\(none\)" does not fit its type: value: expected a value that JSON tells from none/,
  );
  expect(readArguments(callee(nested), ["some(some(true))"])).toEqual([true]);
});

test("what is printed of a result can be typed as an argument, and is the same value", () => {
  fc.assert(
    fc.property(arbitraryTypedValue, ({ type, value }) => {
      let sent: JsonTree;
      try {
        sent = jsonFromValue(type, value);
      } catch (error) {
        // JSON has no notation for it, as the test before says.
        expect(error).toBeInstanceOf(WitValueError);
        return;
      }
      const text = printResult(type, sent);

      const [read] = readArguments(callee(type), [text]);

      expect(valueFromJson(type, read ?? null)).toStrictEqual(value);
    }),
  );
});

test("an argument that does not fit is named, with what its type expects", () => {
  expect(() => readArguments(callee({ kind: "u8" }, line), ["1", '{"sku": "tea", "quantity": -1}'])).toThrow(
    /^Argument <p1> .* does not fit its type: value\.quantity: expected u64/,
  );
});

test("too few arguments are answered with the parameters", () => {
  expect(() => readArguments(callee(line, line), [])).toThrow("f takes 2 (<p0> <p1>), not 0.");
});

test("a result is printed in WAVE, and a handle as its URN", () => {
  expect(printResult({ kind: "list", element: line }, [{ sku: "tea", quantity: 2 }])).toBe(
    '[{sku: "tea", quantity: 2}]',
  );
  expect(printResult({ kind: "option", some: handle }, "urn:worker:c/w/0")).toBe('"urn:worker:c/w/0"');
  const beside: WitType = { kind: "tuple", items: [handle, { kind: "u64" }] };
  expect(printResult(beside, ["urn:worker:c/w/0", 18446744073709551615n])).toBe(
    '["urn:worker:c/w/0",18446744073709551615]',
  );
});
