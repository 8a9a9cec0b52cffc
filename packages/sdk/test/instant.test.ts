import { afterEach, describe, expect, test, vi } from "vitest";

import { toDatetime, type When } from "../src/instant.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("toDatetime", () => {
  test.each<[When, bigint, number]>([
    [new Date(1_500), 1n, 500_000_000],
    [2_000, 2n, 0],
    [0.5, 0n, 500_000],
    [{ epochMilliseconds: 3_001 }, 3n, 1_000_000],
  ])("reads the time %j", (when, seconds, nanoseconds) => {
    expect(toDatetime(when)).toEqual({ seconds, nanoseconds });
  });

  test.each<When>(["1 h", { hours: 1 }])("counts %j from now", (when) => {
    vi.useFakeTimers({ now: 1_000_000 });
    expect(toDatetime(when)).toEqual({ seconds: 4_600n, nanoseconds: 0 });
  });

  test.each<When>([new Date(Number.NaN), -1, Infinity])("refuses %s", (when) => {
    expect(() => toDatetime(when)).toThrow("is not a time in milliseconds since 1970");
  });
});
