/**
 * A count, or an index of an oplog.
 *
 * @param what it is: `runs of everyCrash`
 * @throws Error if it is no whole number from 1
 */
export function wholeNumber(what: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`${what} is ${String(value)}: it must be a whole number from 1`);
  return value;
}
