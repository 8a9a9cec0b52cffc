import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { decodeValue } from "../src/remote/decode-value.ts";
import { encodeValue } from "../src/remote/encode-value.ts";
import { wit, type AnyWitType } from "../src/remote/wit-type.ts";
import { WitValueError } from "../src/remote/wit-value-error.ts";

const line = wit.record({ sku: wit.string, quantity: wit.u32, note: wit.option(wit.string) });

/** A type together with values of it. */
const typed: Readonly<Record<string, readonly [AnyWitType, fc.Arbitrary<unknown>]>> = {
  u8: [wit.u8, fc.integer({ min: 0, max: 255 })],
  s16: [wit.s16, fc.integer({ min: -32_768, max: 32_767 })],
  u64: [wit.u64, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
  s64: [wit.s64, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  f64: [wit.f64, fc.double()],
  char: [wit.char, fc.string({ unit: "binary", minLength: 1, maxLength: 1 })],
  bool: [wit.bool, fc.boolean()],
  string: [wit.string, fc.string()],
  bytes: [wit.bytes, fc.uint8Array()],
  list: [wit.list(wit.list(wit.u16)), fc.array(fc.array(fc.integer({ min: 0, max: 65_535 })))],
  tuple: [wit.tuple(wit.string, wit.u8), fc.tuple(fc.string(), fc.constant(1))],
  record: [
    wit.list(line),
    fc.array(
      fc.record({ sku: fc.string(), quantity: fc.nat(), note: fc.option(fc.string(), { nil: undefined }) }),
    ),
  ],
  variant: [
    wit.variant({ empty: null, "unknown-sku": wit.string }),
    fc.oneof(fc.constant({ tag: "empty" }), fc.record({ tag: fc.constant("unknown-sku"), val: fc.string() })),
  ],
  enum: [wit.enum("open", "closed"), fc.constantFrom("open", "closed")],
  flags: [wit.flags("express", "gift-wrap"), fc.record({ express: fc.boolean(), giftWrap: fc.boolean() })],
  result: [
    wit.result(wit.u32, null),
    fc.oneof(
      fc.record({ tag: fc.constant("ok"), val: fc.nat() }),
      fc.constant({ tag: "err", val: undefined }),
    ),
  ],
};

describe("a value survives the wire", () => {
  test.each(Object.entries(typed))("%s", (_, [type, values]) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(decodeValue(type.node, encodeValue(type.node, value))).toEqual(value);
      }),
    );
  });
});

test("nodes refer to later ones; the first is the value itself", () => {
  expect(encodeValue(wit.tuple(wit.u8, wit.option(wit.bool)).node, [7, true])).toEqual({
    nodes: [
      { tag: "tuple-value", val: Int32Array.of(1, 2) },
      { tag: "prim-u8", val: 7 },
      { tag: "option-value", val: 3 },
      { tag: "prim-bool", val: true },
    ],
  });
});

test("a missing flag is off", () => {
  expect(encodeValue(wit.flags("a", "b").node, { b: true })).toEqual({
    nodes: [{ tag: "flags-value", val: [false, true] }],
  });
});

test.each<[AnyWitType, unknown, string]>([
  [wit.u8, 256, "The value is 256, but its type is u8."],
  [wit.u8, 1.5, "The value is 1.5, but its type is u8."],
  [wit.u64, 1, "The value is 1, but its type is u64."],
  [wit.char, "ab", 'The value is "ab", but its type is char.'],
  [wit.list(line), [{ sku: "tea" }], "The value at [0].quantity is undefined, but its type is u32."],
  [wit.variant({ empty: null }), { tag: "full" }, 'The value is {"tag":"full"}, but its type is variant.'],
  [wit.enum("open"), "shut", 'The value is "shut", but its type is enum.'],
  [wit.result(null, wit.string), { tag: "err", val: 1 }, "The value at err is 1, but its type is string."],
  [wit.tuple(wit.u8), [], "The value is [], but its type is tuple."],
])("refuses what is not of its type (%#)", (type, value, message) => {
  expect(() => encodeValue(type.node, value)).toThrow(WitValueError);
  expect(() => encodeValue(type.node, value)).toThrow(message);
});

test("refuses an answer of another type", () => {
  expect(() => decodeValue(wit.string.node, encodeValue(wit.u8.node, 1))).toThrow(WitValueError);
});
