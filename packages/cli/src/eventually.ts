import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

const LONGEST_WAIT = 30_000;
const PAUSE = 20;

/**
 * Asks again and again until there is an answer.
 *
 * @param what is waited for, for the error
 * @param longest milliseconds
 * @throws AssertionError after that time
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  longest = LONGEST_WAIT,
): Promise<T> {
  const end = performance.now() + longest;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    assert.ok(performance.now() < end, `waited ${longest / 1000} s in vain: ${what}`);
    await delay(PAUSE);
  }
}
