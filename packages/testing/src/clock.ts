import { type Duration, toNanoseconds } from "@golem-kit/sdk";
import type { SimulatedClock } from "@golem-kit/host";

/**
 * The host's clock: what guests see, and what their sleeps, schedules, retries and time-outs follow. It is the machine's, and
 * can be moved on; never while a worker runs. vitest's fake timers have nothing to do with it, and it not with them.
 */
export interface Clock {
  /** The host's present time. */
  now(): Date;
  /**
   * Lets time pass at once: `await clock.advance("2 days")`. What is due meanwhile happens in its order, and is over when
   * this resolves.
   *
   * @throws DurationError; Error with the names of workers that compute for 25 s without a pause (`patience` of the host)
   */
  advance(duration: Duration): Promise<void>;
  /**
   * Lets time pass until nobody waits for it any more.
   *
   * @throws Error after 20 s, with the names of workers that sleep again and again, and as {@link advance}
   */
  runUntilIdle(): Promise<void>;
}

/** @param current the clock of the host that runs now */
export function clockOf(current: () => SimulatedClock): Clock {
  return {
    now: () => new Date(current().now()),
    advance: async (duration) => current().advance(Number(toNanoseconds(duration)) / 1_000_000),
    runUntilIdle: () => current().runUntilIdle(),
  };
}
