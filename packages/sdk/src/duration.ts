import { describeValue } from "./describe-value.ts";
import { isSdkErrorNamed, SdkError } from "./sdk-error.ts";

/**
 * Parts of a duration, added up; a `Temporal.Duration` without years and months is one.
 *
 * @example
 * ```ts
 * const parts: DurationParts = { minutes: 1, seconds: 30 };
 * ```
 */
export interface DurationParts {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
  readonly microseconds?: number;
  readonly nanoseconds?: number;
}

/**
 * A length of time, never negative: `"30 s"`, `"1 h 30 min"`, `"1.5s"`, ISO 8601's `"PT1H30M"`, or parts such as
 * `{ minutes: 5 }`. A plain number is not one, for it would not tell its unit.
 *
 * @example
 * ```ts
 * const soon: Duration = "30 s";
 * const later: Duration = { hours: 1, minutes: 30 };
 * ```
 */
export type Duration = string | DurationParts;

/**
 * A value that is not a {@link Duration}.
 *
 * @example
 * ```ts
 * try {
 *   toNanoseconds(input);
 * } catch (error) {
 *   if (!isDurationError(error)) throw error;
 *   log.warn(error.message);
 * }
 * ```
 */
export class DurationError extends SdkError {
  override readonly name = "DurationError" as const;

  constructor(duration: unknown, reason: string) {
    super({
      code: "invalid-duration",
      operation: "toNanoseconds",
      message: `${describeValue(duration)} is not a duration: ${reason}. Write it like "30 s", "1 h 30 min", "PT5M" or { seconds: 30 }.`,
    });
  }
}

/**
 * Whether `error` is a {@link DurationError}.
 *
 * @example
 * ```ts
 * const isTypingMistake = (error: unknown): boolean => isDurationError(error);
 * ```
 */
export function isDurationError(error: unknown): error is DurationError {
  return isSdkErrorNamed(error, "DurationError");
}

type Part = Exclude<keyof DurationParts, "years" | "months">;

const NANOSECONDS: Readonly<Record<Part, bigint>> = {
  weeks: 604_800_000_000_000n,
  days: 86_400_000_000_000n,
  hours: 3_600_000_000_000n,
  minutes: 60_000_000_000n,
  seconds: 1_000_000_000n,
  milliseconds: 1_000_000n,
  microseconds: 1_000n,
  nanoseconds: 1n,
};

const PARTS = Object.keys(NANOSECONDS) as Part[];

const SPELLINGS: Readonly<Record<Part, readonly string[]>> = {
  weeks: ["w", "week", "weeks"],
  days: ["d", "day", "days"],
  hours: ["h", "hour", "hours"],
  minutes: ["m", "min", "minute", "minutes"],
  seconds: ["s", "sec", "second", "seconds"],
  milliseconds: ["ms", "millisecond", "milliseconds"],
  microseconds: ["us", "µs", "microsecond", "microseconds"],
  nanoseconds: ["ns", "nanosecond", "nanoseconds"],
};

const PART_OF_SPELLING: ReadonlyMap<string, Part> = new Map(
  PARTS.flatMap((part) => SPELLINGS[part].map((spelling) => [spelling, part] as const)),
);

const ISO = /^P(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/i;
const ISO_PARTS = ["weeks", "days", "hours", "minutes", "seconds"] as const satisfies readonly Part[];
const WORDS = /^\s*(?:\d+(?:\.\d+)?\s*[a-zµ]+\s*)+$/i;
const WORD = /(\d+(?:\.\d+)?)\s*([a-zµ]+)/gi;

/** The largest that WIT's `u64` holds: 584 years. */
const LONGEST = 2n ** 64n - 1n;

/**
 * A duration in nanoseconds, the unit of `wasi:clocks`.
 *
 * @throws DurationError for what is no duration, negative, of calendar units, or longer than 584 years
 * @example
 * ```ts
 * toNanoseconds("1.5 s"); // 1_500_000_000n
 * ```
 */
export function toNanoseconds(duration: Duration): bigint {
  const total = typeof duration === "string" ? sumOfText(duration) : sumOfParts(duration);
  if (total > LONGEST) throw new DurationError(duration, "it is longer than 584 years");
  return total;
}

function sumOfText(text: string): bigint {
  const iso = ISO.exec(text);
  if (iso !== null && /\d/.test(text)) {
    return ISO_PARTS.reduce((sum, part, index) => sum + amount(text, part, Number(iso[index + 1] ?? 0)), 0n);
  }
  if (!WORDS.test(text)) throw new DurationError(text, "no amounts with units are found in it");
  let total = 0n;
  for (const [, digits = "", unit = ""] of text.matchAll(WORD)) {
    const part = PART_OF_SPELLING.get(unit.toLowerCase());
    if (part === undefined) throw new DurationError(text, `the unit "${unit}" is unknown`);
    total += amount(text, part, Number(digits));
  }
  return total;
}

function sumOfParts(parts: DurationParts): bigint {
  if (!isObject(parts)) throw new DurationError(parts, "it has no unit");
  if (parts.years || parts.months) throw new DurationError(parts, "years and months differ in length");
  const given = PARTS.filter((part) => parts[part] !== undefined);
  if (given.length === 0) throw new DurationError(parts, "it has no known part");
  return given.reduce((sum, part) => sum + amount(parts, part, parts[part] ?? 0), 0n);
}

function amount(duration: unknown, part: Part, count: number): bigint {
  if (!Number.isFinite(count)) throw new DurationError(duration, `${part} is ${count}`);
  if (count < 0) throw new DurationError(duration, "it is negative");
  const whole = Math.trunc(count);
  const unit = NANOSECONDS[part];
  return BigInt(whole) * unit + BigInt(Math.round((count - whole) * Number(unit)));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
