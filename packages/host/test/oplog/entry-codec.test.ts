import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { decodeValue, encodeValue } from "../../src/ground/value-codec.ts";
import { decodeEntries, encodeEntries } from "../../src/oplog/entry-codec.ts";
import { witValues } from "./wit-values.ts";

/** What is read back from the database is plain bytes. */
function stored(value: unknown): Uint8Array {
  return Uint8Array.from(encodeValue(value));
}

describe("the codec of oplog entries", () => {
  test("gives back every value that WIT can express", () => {
    fc.assert(
      fc.property(witValues, (value) => {
        expect(decodeValue(stored(value))).toStrictEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  test("keeps -0 and NaN", () => {
    expect(Object.is(decodeValue(stored(-0)), -0)).toBe(true);
    expect(decodeValue(stored(NaN))).toBeNaN();
  });

  test.each([-(2n ** 63n), -1n, 0n, 1n, 2n ** 31n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n])(
    "keeps %d a bigint",
    (value) => {
      expect(decodeValue(stored(value))).toBe(value);
    },
  );

  test.each([Int8Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array])(
    "keeps the elements of a %o",
    (ArrayOf) => {
      expect(decodeValue(stored(ArrayOf.of(1, 2, 3)))).toStrictEqual(ArrayOf.of(1, 2, 3));
    },
  );

  test.each([BigInt64Array, BigUint64Array])("keeps the elements of a %o", (ArrayOf) => {
    expect(decodeValue(stored(ArrayOf.of(1n, 2n ** 62n)))).toStrictEqual(ArrayOf.of(1n, 2n ** 62n));
  });

  test("keeps the entries of a commit in their order", () => {
    const entries = [
      { type: "NoOp", timestamp: 1.5 },
      { type: "ExportedFunctionCompleted", timestamp: 2, response: undefined },
      { type: "Error", timestamp: 3, error: "out of paper" },
    ] as const;
    expect(decodeEntries(encodeEntries(entries))).toStrictEqual(entries);
  });

  test("writes equal values equally, so that results can be compared as bytes", () => {
    fc.assert(
      fc.property(witValues, (value) => {
        expect(encodeValue(decodeValue(stored(value)))).toStrictEqual(encodeValue(value));
      }),
    );
  });
});
