import { subscribeInstant } from "wasi:clocks/monotonic-clock@0.2.0";

import { wait } from "../event-loop.ts";

/** The last instant of the clock but one, in 584 years: sleeps that are too long end at the last one. */
const BELL = 2n ** 64n - 2n;

/**
 * Listens for the completion of the promise that was looked at last, in vain. Golem 1.2 has nothing to wait for a promise beside
 * other things: there the bell is a timer for the end of time, which never comes. A host of this kit rings it when the promise is
 * completed. To be called right after the look, with no `await` between.
 *
 * Stands on `wasi:clocks/monotonic-clock.subscribe-instant`.
 *
 * @param silence when it is aborted, the bell is not listened to any more
 * @returns is aborted when the bell rings
 */
export function bellOfLastLook(silence: AbortSignal): AbortSignal {
  const rung = new AbortController();
  wait(() => subscribeInstant(BELL), { signal: silence }).then(
    () => rung.abort(),
    () => undefined,
  );
  return rung.signal;
}
