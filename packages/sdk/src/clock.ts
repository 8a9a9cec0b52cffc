import { now as monotonicNow, subscribeInstant } from "wasi:clocks/monotonic-clock@0.2.0";

import { toNanoseconds, type Duration } from "./duration.ts";
import { wait } from "./event-loop.ts";

export {
  DurationError,
  isDurationError,
  toNanoseconds,
  type Duration,
  type DurationParts,
} from "./duration.ts";

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
  const deadline = monotonicNow() + toNanoseconds(duration);
  await wait(() => subscribeInstant(deadline));
}
