import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { readJson } from "../../src/json/read-json.ts";
import { UnwritableValueError } from "../../src/json/unwritable-value-error.ts";
import { writeJson } from "../../src/json/write-json.ts";
import { thrownBy } from "../thrown-by.ts";

const date = fc.date({ noInvalidDate: false });
const key = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("$", "of", "__proto__", "toJSON"));

const { value: anything } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constant(undefined),
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.bigInt(),
    fc.string({ unit: "binary" }),
    fc.uint8Array(),
    fc.float64Array(),
    fc.bigInt64Array(),
    fc.uint8ClampedArray(),
    date,
    fc.webUrl().map((text) => new URL(text)),
    fc.constantFrom(/a/u, /\/[/]\n/gi),
    fc.uint8Array().map((bytes) => bytes.slice().buffer),
  ),
  value: fc.oneof(
    { depthSize: "small" },
    tie("leaf"),
    fc.array(tie("value")),
    fc.array(fc.tuple(tie("value"), tie("value"))).map((entries) => new Map(entries)),
    fc.array(tie("value")).map((values) => new Set(values)),
    fc.string().map((message) => new RangeError(message)),
    fc.dictionary(
      key,
      tie("value").filter((value) => value !== undefined),
      { noNullPrototype: true },
    ),
  ),
}));

test("what is written is read as what it was", () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(readJson(writeJson(value))).toStrictEqual(value);
    }),
  );
});

test("what JSON can say is written as JSON.stringify does, and read as JSON.parse does", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      expect(writeJson(plain)).toBe(JSON.stringify(plain));
      expect(readJson(JSON.stringify(plain))).toStrictEqual(plain);
    }),
  );
});

test.each([
  [{ $: "tea" }],
  [{ $: "bigint", of: "tea" }],
  [{ $: "date", of: 1 }],
  [{ $: "date", of: "2026-01-01", and: "more" }],
  [{ $: "map", of: [1] }],
  [{ $: "url", of: "tea" }],
  [{ $: "bytes", of: "%" }],
])("what others have written with such a key is left as it is: %j", (value) => {
  expect(readJson(JSON.stringify(value))).toStrictEqual(value);
});

test("bytes are read as former versions wrote them", () => {
  expect(readJson('{"$":"bytes","of":[1,2]}')).toStrictEqual(Uint8Array.of(1, 2));
});

test("a hole of an array is undefined", () => {
  const holes = Object.assign([], { 0: 1, 2: 3 });
  expect(readJson(writeJson(holes))).toStrictEqual([1, undefined, 3]);
});

test("a property without a value is left out", () => {
  expect(writeJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

describe("errors", () => {
  test("come back with message, cause and stack", () => {
    const error = new TypeError("no tea", { cause: new Map([["left", 0n]]) });
    const read = readJson(writeJson(error)) as TypeError;

    expect(read).toBeInstanceOf(TypeError);
    expect(read).toMatchObject({ message: "no tea", stack: error.stack });
    expect(read.cause).toStrictEqual(error.cause);
  });

  test("of several reasons come back with all of them", () => {
    const read = readJson(writeJson(new AggregateError([new Error("one"), "two"]))) as AggregateError;

    expect(read).toBeInstanceOf(AggregateError);
    expect(read.errors).toStrictEqual([new Error("one"), "two"]);
  });
});

describe("what would not come back is refused, with its place", () => {
  class Order {
    readonly id = 1;
  }
  class Stock extends Map {}
  const circle: { self?: unknown } = {};
  circle.self = [circle];
  let deep: unknown = 0;
  for (let level = 0; level < 600; level += 1) deep = [deep];

  test.each([
    [() => 1, "the value is a function"],
    [{ tea: [1, Symbol("s")] }, "tea[1] is a symbol"],
    [{ "a b": new Map([["x", { of: () => 1 }]]) }, '["a b"].get("x").of is a function'],
    [{ at: new Order() }, "at is an object of the class Order"],
    [{ at: new Stock() }, "at is an object of the class Stock"],
    [[Promise.resolve()], "[0] is an object of the class Promise"],
    [circle, "self[0] contains itself"],
    [{ a: { [Symbol("s")]: 1 } }, "a has the key Symbol(s)"],
    [new Error("no", { cause: new Order() }), "cause is an object of the class Order"],
  ])("%o", (value, message) => {
    const error = thrownBy(() => writeJson(value));
    expect(error).toBeInstanceOf(UnwritableValueError);
    expect(error).toHaveProperty("message", message);
  });

  test("what has no end", () => {
    expect(() => writeJson(deep)).toThrow("is too deep");
  });
});

test("the same object twice is no circle", () => {
  const shared = { a: 1 };
  expect(writeJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
});
