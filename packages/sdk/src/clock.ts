import {
  now as monotonicNow,
  resolution as monotonicResolution,
  subscribeInstant,
} from "wasi:clocks/monotonic-clock@0.2.0";
import { now as wallNow, resolution as wallResolution } from "wasi:clocks/wall-clock@0.2.0";

import { toNanoseconds, type Duration } from "./duration.ts";
import { wait, type WaitOptions } from "./event-loop.ts";
import { toDatetime, toEpochNanoseconds, type When } from "./instant.ts";
import { isSdkErrorNamed, SdkError } from "./sdk-error.ts";

export {
  DurationError,
  isDurationError,
  toNanoseconds,
  type Duration,
  type DurationParts,
} from "./duration.ts";
export type { WaitOptions } from "./event-loop.ts";
export type { When } from "./instant.ts";

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

/**
 * The time of day in nanoseconds since the epoch, as `Temporal.Instant.fromEpochNanoseconds` takes it; the engine has no
 * `Temporal` of its own. A replay gives the times that were read first.
 *
 * Stands on `wasi:clocks/wall-clock.now`.
 *
 * @example
 * ```ts
 * const placedAt = epochNanoseconds(); // 1767225600000000000n
 * ```
 */
export function epochNanoseconds(): bigint {
  return toEpochNanoseconds(wallNow());
}

/**
 * Nanoseconds on a clock that never goes back; only differences mean something. `performance.now()` and `console.time` are
 * coarser: they count whole milliseconds of the clock that {@link now} reads.
 *
 * Stands on `wasi:clocks/monotonic-clock.now`.
 *
 * @example
 * ```ts
 * const start = monotonic();
 * await render(order);
 * log.info("rendered", { nanoseconds: monotonic() - start });
 * ```
 */
export function monotonic(): bigint {
  return monotonicNow();
}

/**
 * The smallest steps of both clocks, in nanoseconds.
 *
 * Stands on `wasi:clocks/wall-clock.resolution` and `wasi:clocks/monotonic-clock.resolution`.
 *
 * @example
 * ```ts
 * const { monotonic: step } = resolution();
 * ```
 */
export function resolution(): { readonly wall: bigint; readonly monotonic: bigint } {
  return { wall: toEpochNanoseconds(wallResolution()), monotonic: monotonicResolution() };
}

/** Of the clock's `u64`: beyond it the bindings would begin anew. */
const END_OF_TIME = 2n ** 64n - 1n;

async function sleepFor(nanoseconds: bigint, options?: WaitOptions): Promise<void> {
  await waitUntil(monotonicNow() + nanoseconds, options);
}

function waitUntil(instant: bigint, options?: WaitOptions): Promise<void> {
  const deadline = instant < END_OF_TIME ? instant : END_OF_TIME;
  return wait(() => subscribeInstant(deadline), options);
}

/**
 * Resolves after a duration. The worker's other promises go on meanwhile; a worker that only sleeps for long is
 * suspended, holds no memory, and continues after a restart where it was.
 *
 * Stands on `wasi:clocks/monotonic-clock.subscribe-instant` and `wasi:io/poll`, which the world imports.
 *
 * @throws DurationError; the reason of `options.signal`
 * @example
 * ```ts
 * await sleep("1 day");
 * const answer = await Promise.race([call(offer.ask()), sleep({ seconds: 5 })]); // undefined: too late
 * ```
 */
export async function sleep(duration: Duration, options?: WaitOptions): Promise<void> {
  await sleepFor(toNanoseconds(duration), options);
}

/**
 * Resolves at a point in time; at once if it is past.
 *
 * Stands on `wasi:clocks/wall-clock.now` and `wasi:clocks/monotonic-clock.subscribe-instant`.
 *
 * @throws DurationError, or SdkError `invalid-time`; the reason of `options.signal`
 * @example
 * ```ts
 * await sleepUntil(new Date("2030-01-01T00:00:00Z"));
 * ```
 */
export async function sleepUntil(when: When, options?: WaitOptions): Promise<void> {
  const left = toEpochNanoseconds(toDatetime(when)) - epochNanoseconds();
  await sleepFor(left > 0n ? left : 0n, options);
}

/**
 * Ticks of a clock, counted from 1: one each duration from the first asking on. Ticks that nobody waited for are not made
 * up for one by one: the next comes at once, and the rest as planned.
 *
 * Stands on `wasi:clocks/monotonic-clock.subscribe-instant`.
 *
 * @throws DurationError; the reason of `options.signal`
 * @example
 * ```ts
 * for await (const tick of interval("1 h")) if (await checkStock(tick)) break;
 * ```
 */
export async function* interval(
  duration: Duration,
  options?: WaitOptions,
): AsyncGenerator<number, void, undefined> {
  const length = toNanoseconds(duration);
  let due = monotonicNow();
  for (let tick = 1; ; tick += 1) {
    const now = monotonicNow();
    due = due + length > now ? due + length : now;
    await waitUntil(due, options);
    yield tick;
  }
}

/**
 * Something took longer than it may.
 *
 * @example
 * ```ts
 * try {
 *   await timeout("5 s", call(dealer.ask()));
 * } catch (error) {
 *   if (!isTimeoutError(error)) throw error;
 *   log.info("no offer in time");
 * }
 * ```
 */
export class TimeoutError extends SdkError {
  override readonly name = "TimeoutError" as const;

  /** Made by {@link timeout}. */
  constructor(nanoseconds: bigint) {
    super({
      code: "timeout",
      operation: "timeout",
      message: `There is no result after ${Number(nanoseconds) / 1e9} s`,
    });
  }
}

/**
 * Whether `error` is a {@link TimeoutError}, whichever bundle it was made in.
 *
 * @example
 * ```ts
 * if (!isTimeoutError(error)) throw error;
 * ```
 */
export function isTimeoutError(error: unknown): error is TimeoutError {
  return isSdkErrorNamed(error, "TimeoutError");
}

/**
 * Waits for a result, but not for longer than a duration. What it comes from goes on, unless it heeds the signal.
 *
 * Stands on `wasi:clocks/monotonic-clock.subscribe-instant`.
 *
 * @param work a promise, or a function that is given a signal which is aborted at the end of the time
 * @throws TimeoutError; what `work` throws
 * @example
 * ```ts
 * const offer = await timeout("5 s", call(dealer.ask()));
 * const page = await timeout("5 s", (signal) => fetch(url, { signal }));
 * ```
 */
export async function timeout<T>(
  duration: Duration,
  work: Promise<T> | ((signal: AbortSignal) => Promise<T>),
): Promise<T> {
  const nanoseconds = toNanoseconds(duration);
  const late = new AbortController();
  const done = new AbortController();
  const alarm = sleepFor(nanoseconds, { signal: done.signal }).then(() => {
    const error = new TimeoutError(nanoseconds);
    late.abort(error);
    throw error;
  });
  try {
    return await Promise.race([typeof work === "function" ? work(late.signal) : work, alarm]);
  } finally {
    done.abort();
    // Its end is of interest to nobody any more.
    alarm.catch(() => undefined);
  }
}
