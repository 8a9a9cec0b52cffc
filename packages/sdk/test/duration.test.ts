import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { DurationError, isDurationError, toNanoseconds, type Duration } from "../src/duration.ts";
import { thrownBy } from "./thrown-by.ts";

describe("toNanoseconds", () => {
  test.each<[Duration, bigint]>([
    ["30 s", 30_000_000_000n],
    ["1h 30min", 5_400_000_000_000n],
    ["1.5s", 1_500_000_000n],
    ["0.1 ms", 100_000n],
    ["2 Days", 172_800_000_000_000n],
    ["7 µs", 7_000n],
    ["0 s", 0n],
    ["PT1H30M", 5_400_000_000_000n],
    ["P1DT0.5S", 86_400_500_000_000n],
    ["P2W", 1_209_600_000_000_000n],
    [{ seconds: 1 }, 1_000_000_000n],
    [{ minutes: 1, seconds: 0.25 }, 60_250_000_000n],
    [{ nanoseconds: 1 }, 1n],
  ])("reads %j", (duration, nanoseconds) => {
    expect(toNanoseconds(duration)).toBe(nanoseconds);
  });

  test("reads a Temporal.Duration", () => {
    expect(toNanoseconds(Temporal.Duration.from("PT2M3S"))).toBe(123_000_000_000n);
  });

  test("adds whole parts without rounding", () => {
    const whole = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(whole, whole, whole, (hours, seconds, nanoseconds) => {
        const sum =
          BigInt(hours) * 3_600_000_000_000n + BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
        expect(toNanoseconds({ hours, seconds, nanoseconds })).toBe(sum);
        expect(toNanoseconds(`${hours} h ${seconds} s ${nanoseconds} ns`)).toBe(sum);
      }),
    );
  });

  test.each<[unknown, RegExp]>([
    ["", /no amounts/],
    ["P", /no amounts/],
    ["soon", /no amounts/],
    ["30", /no amounts/],
    ["-1 s", /no amounts/],
    ["1 fortnight", /unit "fortnight" is unknown/],
    [{ seconds: -1 }, /negative/],
    [{ months: 1 }, /differ in length/],
    [{ seconds: Number.NaN }, /seconds is NaN/],
    [{}, /no known part/],
    [5, /no unit/],
    [null, /no unit/],
    ["1000000 weeks", /longer than 584 years/],
  ])("refuses %j", (duration, reason) => {
    const refused = (): bigint => toNanoseconds(duration as Duration);
    expect(refused).toThrow(DurationError);
    expect(refused).toThrow(reason);
  });

  test("an error says how to write it", () => {
    const error = thrownBy(() => toNanoseconds("soon"));
    expect(isDurationError(error)).toBe(true);
    expect(error).toHaveProperty(
      "message",
      expect.stringMatching(/^"soon" is not a duration: .* Write it like "30 s"/),
    );
  });
});
