import { setOplogIndex } from "golem:api/host@1.1.6";

/** Beyond every oplog. */
const UNREACHABLE_INDEX = 2n ** 62n;

/**
 * Ends this instance of the worker at once. No `catch` and no `finally` of the program runs after it; Golem counts a
 * failed attempt and replays the worker as its retry policy says.
 *
 * The bindings turn an exception into a value wherever somebody waits for it, so throwing is not enough. Moving the
 * oplog index beyond the oplog's end is what `golem:api/host.set-oplog-index` refuses by a trap.
 */
export function trap(message: string, cause: unknown): never {
  // Golem shows the end of stderr with the error of the attempt.
  // oxlint-disable-next-line no-console
  console.error(message, cause);
  setOplogIndex(UNREACHABLE_INDEX);
  throw new Error(message, { cause });
}
