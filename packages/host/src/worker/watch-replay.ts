import type { Journal } from "../journal/journal.ts";
import { clearInterval, realNow, setInterval } from "../ground/clock/real-time.ts";

/** Milliseconds between two looks. */
const LOOK = 1_000;

/** Milliseconds that a replay may take from one entry to the next, and how much longer than it took when it was recorded. */
const LONGEST_STEP = 20_000;
const TIMES_RECORDED = 3;

/**
 * Looks whether a replay gets further: new code may compute, or wait, where the old one came to its next entry.
 *
 * @param onStuck told once, if it does not. It is not looked any more then
 * @returns ends the watch
 */
export function watchReplay(journal: Journal, onStuck: (details: string) => void): () => void {
  let last = -1;
  let since = realNow();
  const timer = setInterval(() => {
    const [index, entry] = journal.cursor.peek() ?? [];
    if (index === undefined || entry === undefined) return clearInterval(timer);
    if (index !== last) {
      last = index;
      since = realNow();
      return;
    }
    const recorded = entry.timestamp - (journal.oplog.at(index - 1)?.timestamp ?? entry.timestamp);
    const longest = LONGEST_STEP + TIMES_RECORDED * recorded;
    if (realNow() - since < longest) return;
    clearInterval(timer);
    onStuck(`it has not come to the next entry for ${Math.round(longest / 1_000)} s`);
  }, LOOK);
  timer.unref();
  return () => clearInterval(timer);
}
