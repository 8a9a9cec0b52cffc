import { awaitPromise, setOplogIndex } from "golem:api/host@1.1.6";

/** Beyond every oplog. */
const UNREACHABLE_INDEX = 2n ** 62n;

/**
 * Ends this instance of the worker at once. No `catch` and no `finally` of the program runs after it; Golem counts a
 * failed attempt and replays the worker as its retry policy says.
 *
 * The bindings turn an exception into a value wherever somebody waits for it, so throwing is not enough. Moving the
 * oplog index beyond the oplog's end is what `golem:api/host.set-oplog-index` refuses by a trap.
 */
export function trap(message: string, cause?: unknown): never {
  // Golem shows the end of stderr with the error of the attempt.
  // oxlint-disable-next-line no-console
  console.error(...(cause === undefined ? [message] : [message, cause]));
  setOplogIndex(UNREACHABLE_INDEX);
  return trapInReplay(message);
}

/**
 * As {@link trap}, for a worker that is replayed: the oplog index does not move then, and writing to stderr asks the host
 * for what is not recorded. Awaiting a promise that never was traps always, and Golem's error names it: by the message.
 */
export function trapInReplay(message: string): never {
  const component = { uuid: { highBits: 0n, lowBits: 0n } };
  awaitPromise({ workerId: { componentId: component, workerName: message }, oplogIdx: UNREACHABLE_INDEX });
  throw new Error(message);
}
