import { isHint, type OplogPage } from "@golem-kit/host";

type Entries = OplogPage["entries"];

/** Where a replay can pause for an entry. */
export interface PausingEntry {
  readonly index: number;
  /** Why it is another entry than the one that was asked for. */
  readonly reason?: string;
}

/**
 * The entry at which a replay pauses when it is to pause at `at`: one that the program itself takes. Hints say only what happened
 * around it, and when an invocation is over, none of its functions is there any more.
 *
 * @returns `undefined` if there is no such entry
 */
export function pausingEntry(entries: Entries, at: number): PausingEntry | undefined {
  const asked = entries[at - 1]?.entry.type;
  if (asked === undefined) return undefined;
  const taken = (index: number): boolean => isTaken(entries[index - 1]?.entry.type ?? "");
  if (taken(at)) return { index: at };
  const indices = Array.from(entries, ({ oplogIndex }) => oplogIndex);
  const before = (): number | undefined => indices.findLast((index) => index < at && taken(index));
  if (asked === "ExportedFunctionCompleted") {
    const index = before();
    return index === undefined
      ? undefined
      : { index, reason: "is the end of an invocation, which has its last call at" };
  }
  const index = indices.find((each) => each > at && taken(each)) ?? before();
  return index === undefined
    ? undefined
    : { index, reason: `is ${asked}, which no program takes; the next that one takes is` };
}

function isTaken(type: string): boolean {
  return (
    type !== "Create" && type !== "ExportedFunctionCompleted" && !isHint(type as Parameters<typeof isHint>[0])
  );
}
