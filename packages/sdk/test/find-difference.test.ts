import fc from "fast-check";
import { expect, test } from "vitest";

import { findDifference } from "../src/find-difference.ts";

class Order {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

const circle = (name: string): object => {
  const self: Record<string, unknown> = { name };
  self["self"] = self;
  return self;
};

test("a copy is the same", () => {
  const anything = fc.anything({
    withMap: true,
    withSet: true,
    withDate: true,
    withTypedArray: true,
    withBigInt: true,
  });
  fc.assert(
    fc.property(anything, (value) => {
      expect(findDifference(value, structuredClone(value))).toBeUndefined();
    }),
  );
});

test.each([
  [1, 2, ""],
  [0, -0, ""],
  [{ tea: [1, { at: new Date(0) }] }, { tea: [1, { at: new Date(1) }] }, "tea[1].at"],
  [{ tea: new Map([["a", 1]]) }, { tea: {} }, "tea"],
  [new Map([["a", 1]]), new Map([["a", 2]]), "get(a)"],
  [new Map([["a", 1]]), new Map(), "keys()[0]"],
  [new Set([1]), new Set([1, 2]), "values()[1]"],
  [{ a: 1 }, { a: 1, b: undefined }, "b"],
  [{ a: 1, b: 2 }, { b: 2 }, "a"],
  [[1, 2], [1], "[1]"],
  [Uint8Array.of(1, 2), Uint8Array.of(1, 3), "[1]"],
  [new Order("a"), { id: "a" }, ""],
  [new Error("a"), new Error("b"), "message"],
  [/a/g, /a/i, ""],
  [circle("a"), circle("b"), "name"],
])("%o and %o differ at %j", (one, other, path) => {
  expect(findDifference(one, other)).toBe(path);
});

test("the same circle is no difference", () => {
  expect(findDifference(circle("a"), circle("a"))).toBeUndefined();
});
