import * as fc from "fast-check";
import { expect, test } from "vitest";

import { uuidFromText, uuidToText } from "../src/uuid.ts";

test("reads what it writes", () => {
  fc.assert(
    fc.property(fc.uuid(), (text) => {
      expect(uuidToText(uuidFromText(text))).toBe(text);
    }),
  );
});

test("puts the bits where Golem puts them", () => {
  expect(uuidFromText("00000000-0000-0001-0000-000000000002")).toEqual({ highBits: 1n, lowBits: 2n });
});

test("refuses what is no UUID", () => {
  expect(() => uuidFromText("o-1")).toThrow('"o-1" is not a UUID');
});
