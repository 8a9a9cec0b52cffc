import { now as monotonicNow, subscribeInstant } from "wasi:clocks/monotonic-clock@0.2.0";

import { toNanoseconds, type Duration } from "./duration.ts";
import { eventLoop } from "./event-loop.ts";

export {
  DurationError,
  isDurationError,
  toNanoseconds,
  type Duration,
  type DurationParts,
} from "./duration.ts";

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/** The longest delay, in milliseconds, that an engine's timer counts right: beyond it, a sleep takes several. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * The time of day, with a resolution of milliseconds. A replay gives the times that were read first.
 * Stands on `wasi:clocks/wall-clock.now`, which the engine calls.
 *
 * @example
 * ```ts
 * const placedAt = now().toISOString();
 * ```
 */
export function now(): Date {
  return new Date();
}

/** Nanoseconds on a clock that never goes back; only differences mean something. Stands on `wasi:clocks/monotonic-clock.now`. */
export function monotonic(): bigint {
  return monotonicNow();
}

/**
 * Resolves after a duration. The worker's other promises go on meanwhile; a worker that only sleeps for long is
 * suspended, holds no memory, and continues after a restart where it was.
 *
 * Stands on `wasi:clocks/monotonic-clock.subscribe-instant` and `wasi:io/poll`, which the world imports.
 *
 * @throws DurationError
 * @example
 * ```ts
 * await sleep("1 day");
 * const answer = await Promise.race([call(offer.ask()), sleep({ seconds: 5 })]); // undefined: too late
 * ```
 */
export async function sleep(duration: Duration): Promise<void> {
  let remaining = ceilDivide(toNanoseconds(duration), NANOSECONDS_PER_MILLISECOND);
  while (remaining > 0n) {
    const slice = remaining > LONGEST_TIMER ? LONGEST_TIMER : Number(remaining);
    await timer(slice);
    remaining -= BigInt(slice);
  }
}

function timer(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      forget();
      resolve();
    };
    setTimeout(finish, milliseconds);
    // Read after the engine's timer was set, so that the alarm never rings before the timer is due.
    const deadline = monotonicNow() + BigInt(milliseconds) * NANOSECONDS_PER_MILLISECOND;
    const forget = eventLoop.announce(() => subscribeInstant(deadline));
  });
}

function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
