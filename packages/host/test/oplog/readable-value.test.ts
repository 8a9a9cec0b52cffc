import { describe, expect, test } from "vitest";

import { firstDifference } from "../../src/oplog/first-difference.ts";
import { readableValue } from "../../src/oplog/readable-value.ts";

describe("a value as a person reads it", () => {
  test.each([
    [{ sku: "tea", amount: 2n, note: undefined }, '{sku: "tea", amount: 2, note: none}'],
    [[true, 1.5, ["a"]], '[true, 1.5, ["a"]]'],
    [{ tag: "err", val: "sold out" }, 'err("sold out")'],
    [{ tag: "cash" }, "cash"],
    [new TextEncoder().encode("abc"), 'bytes "abc"'],
    [Uint8Array.of(0, 255), "bytes 00ff"],
    [new BigUint64Array([7n]), "[7]"],
  ])("is %#", (value, text) => {
    expect(readableValue(value, 100)).toBe(text);
  });

  test("is cut where it is long, however large it is", () => {
    const endless = Array.from({ length: 1_000_000 }, () => "word");
    expect(readableValue(endless, 20)).toBe('["word", "word", "wo…');
    expect(readableValue("x".repeat(1_000_000), 4)).toBe('"xxx…');
    expect(readableValue(new Uint8Array(5_000), 5_000)).toMatch(/^bytes (?:00)+, 5000 in all$/);
  });
});

describe("the first difference of two values", () => {
  test.each([
    [
      { carts: { tea: [{ at: 1 }, { at: 2 }] } },
      { carts: { tea: [{ at: 1 }, { at: 3 }] } },
      "carts.tea[1].at",
      2,
      3,
    ],
    [["a"], ["a", "b"], "[1]", undefined, "b"],
    [{ a: 1, note: undefined }, { a: 1, note: "new" }, "note", undefined, "new"],
    [{ tag: "ok", val: { id: 1n } }, { tag: "ok", val: { id: 2n } }, "ok.id", 1n, 2n],
    [{ tag: "ok", val: 1 }, { tag: "err", val: 1 }, "", { tag: "ok", val: 1 }, { tag: "err", val: 1 }],
    [[Uint8Array.of(1)], [Uint8Array.of(2)], "[0]", Uint8Array.of(1), Uint8Array.of(2)],
    [1, 2, "", 1, 2],
  ])("is at its place: %#", (before, after, where, recorded, now) => {
    expect(firstDifference(before, after)).toEqual({ where, recorded, now });
  });
});
