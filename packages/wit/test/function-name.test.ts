import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FunctionName,
  FunctionNameError,
  type FunctionReference,
  canonicalNames,
  parseFunctionName,
  printFunctionName,
} from "../src/function-name.ts";

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,3}){0,2}$/);
const method = name.filter((text) => text !== "new" && text !== "drop");
const argument = fc.oneof(
  fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
  fc.integer().map(String),
  fc.constantFrom("[1, (2), {a: ')'}]", "some(1)", "'\"'", '{sku: ",", quantity: 2}'),
);
const givenArguments = fc.option(fc.array(argument, { maxLength: 3 }), { nil: null });
const kind = <K extends string>(text: K) => fc.constant(text);

const reference: fc.Arbitrary<FunctionReference> = fc.oneof(
  fc.record({ kind: kind("function"), name }),
  fc.record({ kind: kind("constructor"), resource: name, arguments: givenArguments }),
  fc.record({ kind: kind("drop"), resource: name, arguments: givenArguments }),
  fc.record({ kind: kind("method"), resource: name, name: method, arguments: givenArguments }),
  fc.record({
    kind: kind("method"),
    resource: name,
    name: fc.constantFrom("new", "drop"),
    arguments: fc.constant(null),
  }),
  fc.record({ kind: kind("static"), resource: name, name, arguments: givenArguments }),
);

const functionName: fc.Arbitrary<FunctionName> = fc.record({
  interface: fc.option(
    fc.record({
      package: fc.option(fc.record({ namespace: name, name }), { nil: null }),
      name,
      version: fc.option(fc.constantFrom("1.2.3", "0.1.0-rc.1", "1.0.0+build.5"), { nil: null }),
    }),
    { nil: null },
  ),
  function: reference,
});

test("a name survives being printed and read", () => {
  fc.assert(
    fc.property(functionName, (parsed) => {
      expect(parseFunctionName(printFunctionName(parsed))).toEqual(parsed);
    }),
  );
});

describe("forms", () => {
  const api = { package: { namespace: "shop", name: "orders-exports" }, name: "api", version: null };

  test.each<[string, FunctionReference]>([
    ["place", { kind: "function", name: "place" }],
    ["invoice.new", { kind: "constructor", resource: "invoice", arguments: null }],
    ["[constructor]invoice", { kind: "constructor", resource: "invoice", arguments: null }],
    ["invoice.drop", { kind: "drop", resource: "invoice", arguments: null }],
    ["[drop]invoice", { kind: "drop", resource: "invoice", arguments: null }],
    ["invoice.amount", { kind: "method", resource: "invoice", name: "amount", arguments: null }],
    ["[method]invoice.amount", { kind: "method", resource: "invoice", name: "amount", arguments: null }],
    ["[static]invoice.total", { kind: "static", resource: "invoice", name: "total", arguments: null }],
    [
      'invoice("INV-3").amount',
      { kind: "method", resource: "invoice", name: "amount", arguments: ['"INV-3"'] },
    ],
    ['invoice( "a)}", [1, 2] ).drop', { kind: "drop", resource: "invoice", arguments: ['"a)}"', "[1, 2]"] }],
    ["invoice().new", { kind: "constructor", resource: "invoice", arguments: [] }],
    ["[static]invoice(1).total", { kind: "static", resource: "invoice", name: "total", arguments: ["1"] }],
  ])("%s", (text, expected) => {
    expect(parseFunctionName(`shop:orders-exports/api.{${text}}`)).toEqual({
      interface: api,
      function: expected,
    });
    expect(parseFunctionName(text)).toEqual({ interface: null, function: expected });
  });

  test("an interface may have a version, or no package", () => {
    expect(parseFunctionName("golem:api/save-snapshot@1.1.0.{save}").interface).toEqual({
      package: { namespace: "golem", name: "api" },
      name: "save-snapshot",
      version: "1.1.0",
    });
    expect(parseFunctionName("api.{get}").interface).toEqual({ package: null, name: "api", version: null });
  });

  test("a method may turn out to be static", () => {
    expect(canonicalNames(parseFunctionName("a.{invoice.total}").function)).toEqual([
      "[method]invoice.total",
      "[static]invoice.total",
    ]);
    expect(canonicalNames(parseFunctionName("a.{invoice.new}").function)).toEqual(["[constructor]invoice"]);
  });
});

describe("a signature behind the name says nothing, as on Golem", () => {
  const signature = fc.constantFrom(
    "",
    "() -> string",
    "(a: u32, b: list<string>)",
    "(e: variant { a(string), b }) -> tuple<u8, { x: u8 }>",
    " -> a }",
  );

  test("a name in braces", () => {
    const inBraces = functionName.filter((parsed) => parsed.interface !== null);
    fc.assert(
      fc.property(inBraces, signature, (parsed, text) => {
        expect(parseFunctionName(printFunctionName(parsed) + text)).toEqual(parsed);
      }),
    );
  });

  test.each(["run()", "run() -> string", "run(a: list<u8>, b: string) -> result<_, string>"])(
    "%s",
    (text) => {
      expect(parseFunctionName(text)).toEqual({
        interface: null,
        function: { kind: "function", name: "run" },
      });
    },
  );
});

describe("errors say what is wrong", () => {
  test.each([
    ["", "it is empty"],
    ["{{", "`{{` is no function"],
    ["shop:orders-exports/api.note", "a function of an interface stands in braces"],
    ["shop:orders-exports/api.{note", "the closing `}` is missing"],
    ["shop:orders-exports/api@one.{note}", "`one` is no version"],
    ["shop orders/api.{note}", "`shop orders/api` is no interface"],
    ["api.{}", "a name is missing"],
    ["api.{invoice(1)}", "say what to call: `.new`, `.drop` or a method after `invoice(1)`"],
    ["api.{invoice(1.amount}", "the arguments `(1.amount` have no end"],
    ["api.{invoice(1,,2).amount}", "an argument is missing"],
    ["api.{invoice(1)amount}", "expected `.` before `amount`"],
    ["api.{[maker]invoice}", "`[maker]` is none of"],
    ["api.{[method]invoice}", "`resource.function` must follow `[method]`"],
    ['api.{[method]invoice("a").amount}', "`[method]` takes no arguments"],
    ["api.{[drop]invoice.amount}", "only the name of a resource may follow `[drop]`"],
  ])("%s", (text, problem) => {
    expect(() => parseFunctionName(text)).toThrow(FunctionNameError);
    expect(() => parseFunctionName(text)).toThrow(problem);
  });
});
