import type { Datetime } from "./instant.ts";

/**
 * A point in time as the platform records it. Where there is Temporal,
 * `Temporal.Instant.fromEpochNanoseconds(at.epochNanoseconds)` makes an instant of it.
 *
 * @example
 * ```ts
 * const begun = new Date(startSpan("charge").startedAt.epochMilliseconds);
 * ```
 */
export interface Timestamp {
  readonly epochNanoseconds: bigint;
  /** Rounded down. */
  readonly epochMilliseconds: number;
}

export function toTimestamp({ seconds, nanoseconds }: Datetime): Timestamp {
  const epochNanoseconds = seconds * 1_000_000_000n + BigInt(nanoseconds);
  return { epochNanoseconds, epochMilliseconds: Number(epochNanoseconds / 1_000_000n) };
}
