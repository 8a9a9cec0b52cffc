import * as fc from "fast-check";
import { expect, test } from "vitest";

import { nextLook } from "../src/promise/next-look.ts";

const MILLISECOND = 1_000_000n;
const SECOND = 1_000n * MILLISECOND;
const DAY = 86_400n * SECOND;

/** How often a promise that nobody completes is looked at in that time. */
function looksWithin(time: bigint, noticeWithin?: bigint): number {
  let looks = 0;
  for (let waited = 0n; waited < time; waited += nextLook(waited, { noticeWithin })) looks += 1;
  return looks;
}

test("looks become rarer: some dozens in days", () => {
  expect(looksWithin(2n * DAY)).toBeLessThan(80);
  expect(looksWithin(60n * DAY)).toBeLessThan(100);
});

test("looks come as often as is asked for", () => {
  expect(looksWithin(600n * SECOND, 10n * SECOND)).toBeGreaterThan(60);
});

test("a look never comes after the time-out, nor later than a quarter of the time waited", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 1_000n * DAY), fc.bigInt(1n, 1_000n * DAY), (waited, remaining) => {
      const pause = nextLook(waited, { remaining });
      expect(pause).toBeLessThanOrEqual(remaining);
      expect(pause).toBeGreaterThan(0n);
      expect(pause <= waited / 4n || pause <= 100n * MILLISECOND).toBe(true);
    }),
  );
});
