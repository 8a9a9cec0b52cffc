import fc from "fast-check";
import { expect, test } from "vitest";

import { decodeRecord, describeInput, encodeRecord } from "../src/durability/step-record.ts";

test("input and result come back as they were recorded, whatever the result's bytes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.uint8Array(), (value, result) => {
      const input = describeInput(value);
      expect(decodeRecord(encodeRecord({ input, result }))).toEqual({ input, result });
    }),
  );
});

test("a long input is told apart by its hash", () => {
  const long = "x".repeat(100_000);
  const first = describeInput(`${long}a`);
  expect(first.length).toBeLessThan(600);
  expect(first).not.toBe(describeInput(`${long}b`));
  expect(first).toBe(describeInput(`${long}a`));
});

test("nothing is an input too", () => {
  expect(describeInput(undefined)).toBe("null");
});

test("bytes that are no record are recognised", () => {
  expect(decodeRecord(Uint8Array.of(1, 2, 3))).toBeUndefined();
});
