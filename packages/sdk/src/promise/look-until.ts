import { now, subscribeInstant } from "wasi:clocks/monotonic-clock@0.2.0";

import { wait } from "../event-loop.ts";
import { bellOfLastLook } from "./bell.ts";
import { nextLook } from "./next-look.ts";

/** Longer than the clock goes. */
const FOR_EVER = 2n ** 64n;

/** How long is looked, and how often; all in nanoseconds. */
export interface LookLimits {
  /** @default for ever */
  readonly limit: bigint | undefined;
  readonly noticeWithin: bigint | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Looks until there is something: first at once, then whenever the bell rings, and after pauses that grow. Each look after the first
 * adds three entries to the oplog: the look, and the engine's clock and poll for the pause. The clock is not asked how long that
 * has taken: a pause has its end from the begin.
 *
 * @returns `undefined` if there was nothing within the limit
 * @throws the reason of `signal`
 */
export async function lookUntil<T>(
  look: () => T | undefined,
  { limit = FOR_EVER, noticeWithin, signal }: LookLimits,
): Promise<T | undefined> {
  let found = look();
  if (found !== undefined) return found;
  const over = new AbortController();
  const bell = bellOfLastLook(over.signal);
  const begun = now();
  try {
    for (let waited = 0n; found === undefined && waited < limit;) {
      waited += nextLook(waited, { remaining: limit - waited, noticeWithin });
      await pauseUntil(begun + waited, bell, signal);
      found = look();
    }
    return found;
  } finally {
    over.abort();
  }
}

/** A bell that has rung ends no pause any more. */
async function pauseUntil(
  instant: bigint,
  bell: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<void> {
  const ends = [...(bell.aborted ? [] : [bell]), ...(signal === undefined ? [] : [signal])];
  try {
    await wait(() => subscribeInstant(instant), { signal: ends });
  } catch (error) {
    if (error !== bell.reason) throw error;
  }
}
