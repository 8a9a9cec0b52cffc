import type { Pollable } from "wasi:io/poll@0.2.0";

import { adoptPollable } from "./event-loop/adopt-pollable.ts";
import { blockingTurns } from "./event-loop/blocking-turns.ts";

/** Makes the pollable of one thing that is waited for. May be called several times; each result is dropped again. */
export type Subscribe = () => Pollable;

/** How a wait may end early. */
export interface WaitOptions {
  /** Ends the wait: it rejects with the signal's reason, and the pollable is dropped. */
  readonly signal?: AbortSignal | undefined;
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
 * while ((value = future.get()) === undefined) await wait(() => future.subscribe());
 * ```
 */
export function wait(subscribe: Subscribe, { signal }: WaitOptions = {}): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (signal?.aborted === true) {
    reject(signal.reason);
    return promise;
  }
  const abandon = (): void => {
    forget();
    reject(signal?.reason);
  };
  const forget = waitFor(subscribe, () => {
    signal?.removeEventListener("abort", abandon);
    resolve();
  });
  signal?.addEventListener("abort", abandon, { once: true });
  return promise;
}

function waitFor(subscribe: Subscribe, wake: () => void): () => void {
  const timer = adoptPollable(subscribe, wake);
  if (timer === undefined) return blockingTurns.add(subscribe(), wake);
  return () => clearTimeout(timer);
}
