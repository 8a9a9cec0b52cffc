import { toNanoseconds, type Duration } from "./duration.ts";
import { SdkError } from "./sdk-error.ts";

/**
 * A point in time: a `Date`, milliseconds since the epoch, a `Temporal.Instant` (anything with `epochMilliseconds`), or
 * a {@link Duration} counted from now.
 *
 * @example
 * ```ts
 * const remind = (when: When): ScheduledCall =>
 *   schedule(when, (at) => orders.scheduleRemind("still there?", at));
 * remind("1 day");
 * remind(new Date("2030-01-01T00:00:00Z"));
 * ```
 */
export type When = Date | number | { readonly epochMilliseconds: number } | Duration;

/**
 * A point in time as `wasi:clocks/wall-clock` has it: since the epoch.
 *
 * @example
 * ```ts
 * const newYear: Datetime = { seconds: 1_893_456_000n, nanoseconds: 0 };
 * orders.scheduleRemind("a new year", newYear);
 * ```
 */
export interface Datetime {
  readonly seconds: bigint;
  readonly nanoseconds: number;
}

const NANOSECONDS_PER_SECOND = 1_000_000_000n;
const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/**
 * A point in time in the form that `wasi:clocks/wall-clock` and generated clients have.
 *
 * @throws SdkError `invalid-time` for a date that is invalid or before 1970
 * @throws DurationError
 * @example
 * ```ts
 * orders.scheduleRemind("still there?", toDatetime("1 day"));
 * ```
 */
export function toDatetime(when: When): Datetime {
  const sinceEpoch = nanosecondsSinceEpoch(when);
  return {
    seconds: sinceEpoch / NANOSECONDS_PER_SECOND,
    nanoseconds: Number(sinceEpoch % NANOSECONDS_PER_SECOND),
  };
}

/** Nanoseconds since the epoch. */
export function toEpochNanoseconds({ seconds, nanoseconds }: Datetime): bigint {
  return seconds * NANOSECONDS_PER_SECOND + BigInt(nanoseconds);
}

function nanosecondsSinceEpoch(when: When): bigint {
  if (typeof when === "number") return fromMilliseconds(when);
  if (when instanceof Date) return fromMilliseconds(when.getTime());
  if (typeof when === "object" && "epochMilliseconds" in when)
    return fromMilliseconds(when.epochMilliseconds);
  return fromMilliseconds(Date.now()) + toNanoseconds(when);
}

function fromMilliseconds(milliseconds: number): bigint {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    throw new SdkError({
      code: "invalid-time",
      operation: "toDatetime",
      message: `${milliseconds} is not a time in milliseconds since 1970. Give a valid Date, or a duration such as "1 h".`,
    });
  }
  const whole = Math.trunc(milliseconds);
  const rest = Math.round((milliseconds - whole) * NANOSECONDS_PER_MILLISECOND);
  return BigInt(whole) * BigInt(NANOSECONDS_PER_MILLISECOND) + BigInt(rest);
}
