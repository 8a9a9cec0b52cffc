import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differences, learn } from "../src/crashes/expectation.ts";

describe("what two runs have in common", () => {
  test("is found in each of them", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (first, second) => {
        const expected = learn(first, first);
        expect(differences(expected, first)).toEqual([]);
        expect(differences(learn(first, second), first)).toEqual([]);
        expect(differences(learn(first, second), second)).toEqual([]);
      }),
    );
  });

  test("must be there in every other run", () => {
    const expected = learn({ stock: { tea: 7 } }, { stock: { tea: 7 } });

    expect(differences(expected, { stock: { tea: 4 } })).toEqual([
      { path: "stock.tea", expected: "7", found: "4" },
    ]);
    expect(differences(expected, { stock: {} })).toEqual([
      { path: "stock.tea", expected: "7", found: "nothing" },
    ]);
    expect(differences(expected, { stock: { tea: 7, mug: 1 } })).toEqual([
      { path: "stock.mug", expected: "nothing", found: "1" },
    ]);
  });

  test("says nothing about a value that varies but for its type", () => {
    const expected = learn({ at: 1, id: "a" }, { at: 2, id: "b" });

    expect(differences(expected, { at: 3, id: "c" })).toEqual([]);
    expect(differences(expected, { at: "3", id: "c" })).toEqual([
      { path: "at", expected: "any number", found: '"3"' },
    ]);
  });

  test("counts members whose names vary, and compares them by their place", () => {
    const expected = learn({ k1: { amount: 5 } }, { k2: { amount: 5 } });

    expect(differences(expected, { k3: { amount: 5 } })).toEqual([]);
    expect(differences(expected, { k3: { amount: 6 } })).toEqual([
      { path: "k3.amount", expected: "5", found: "6" },
    ]);
    expect(differences(expected, { k3: { amount: 5 }, k4: { amount: 5 } })).toEqual([
      { path: "k4", expected: "nothing", found: '{"amount":5}' },
    ]);
  });

  test("is told so that both sides of a difference are not the same", () => {
    const expected = learn([null, undefined, "5n", 0], [null, undefined, "5n", 0]);

    expect(differences(expected, [NaN, null, 5n])).toEqual([
      { path: "[0]", expected: "null", found: "NaN" },
      { path: "[1]", expected: "undefined", found: "null" },
      { path: "[2]", expected: '"5n"', found: "5n" },
      { path: "[3]", expected: "0", found: "nothing" },
    ]);
    expect(differences(expected, [null, undefined, "5n", -0])).toEqual([
      { path: "[3]", expected: "0", found: "-0" },
    ]);
    expect(differences(learn({ note: undefined }, { note: undefined }), {})).toEqual([
      { path: "note", expected: "undefined", found: "nothing" },
    ]);
  });

  test("is compared item by item in lists", () => {
    const expected = learn(["a", "b"], ["a", "b"]);

    expect(differences(expected, ["a", "b", "b"])).toEqual([
      { path: "[2]", expected: "nothing", found: '"b"' },
    ]);
    expect(differences(expected, ["a"])).toEqual([{ path: "[1]", expected: '"b"', found: "nothing" }]);
  });
});
