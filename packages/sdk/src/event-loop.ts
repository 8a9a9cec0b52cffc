import type { Pollable } from "wasi:io/poll@0.2.0";

import { adoptPollable } from "./event-loop/adopt-pollable.ts";
import { blockingTurns } from "./event-loop/blocking-turns.ts";

/**
 * Makes the pollable of one thing that is waited for. May be called several times; each result is dropped again.
 *
 * @example
 * ```ts
 * const answered: Subscribe = () => future.subscribe();
 * await wait(answered);
 * ```
 */
export type Subscribe = () => Pollable;

/**
 * How a wait may end early.
 *
 * @example
 * ```ts
 * const shutdown = new AbortController();
 * const options: WaitOptions = { signal: shutdown.signal };
 * await sleep("1 h", options); // rejects when `shutdown.abort()` is called
 * ```
 */
export interface WaitOptions {
  /** Ends the wait: it rejects with the signal's reason, and the pollable is dropped. Of several, the first to come. */
  readonly signal?: AbortSignal | readonly AbortSignal[] | undefined;
}

/**
 * Resolves when a pollable is ready. Everything else that the program waits for goes on meanwhile: other waits, the
 * engine's own timers, and `fetch`. All of it is waited for together, in one `wasi:io/poll.poll` for each completion;
 * nothing is asked again while nothing happens, so that the oplog grows with completions and not with time.
 *
 * The pollable belongs to the wait, which drops it before the promise's reactions run: what it came from may be dropped
 * right after the `await`. Ready means that an operation may make progress: ask again in a loop.
 *
 * @param subscribe makes the pollable, as `() => future.subscribe()`
 * @throws the reason of `signal`
 * @example
 * ```ts
 * let value = future.get();
 * while (value === undefined) {
 *   await wait(() => future.subscribe());
 *   value = future.get();
 * }
 * ```
 */
export function wait(subscribe: Subscribe, { signal = [] }: WaitOptions = {}): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const signals = "aborted" in signal ? [signal] : signal;
  const aborted = signals.find((each) => each.aborted);
  if (aborted !== undefined) {
    reject(aborted.reason);
    return promise;
  }
  // AbortSignal.any would go on listening when the wait is over, so each signal is listened to.
  const abandon = ({ target }: Event): void => {
    unlisten();
    forget();
    reject((target as AbortSignal).reason);
  };
  const unlisten = (): void => {
    for (const each of signals) each.removeEventListener("abort", abandon);
  };
  const forget = waitFor(subscribe, () => {
    unlisten();
    resolve();
  });
  for (const each of signals) each.addEventListener("abort", abandon);
  return promise;
}

function waitFor(subscribe: Subscribe, wake: () => void): () => void {
  const timer = adoptPollable(subscribe, wake);
  if (timer === undefined) return blockingTurns.add(subscribe(), wake);
  return () => clearTimeout(timer);
}
