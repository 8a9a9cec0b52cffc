import { CONSTANT_CALLS, isHint, type OplogPage } from "@golem-kit/host";

type Entries = OplogPage["entries"];

/** How often a worker asks whether something has happened depends on when it happens. */
const ASKING: ReadonlySet<string> = new Set([
  "golem io::poll::poll",
  "golem::rpc::future-invoke-result::get",
]);

/**
 * What a replay would pass, one line an entry: without hints and calls that it never looks for, and without what jumps have removed. Two runs of the same
 * program have the same story, wherever they crashed.
 */
export function oplogStory(entries: Entries): readonly string[] {
  const removed = entries.flatMap(({ entry }) => (entry.type === "Jump" ? [entry["jump"] as Region] : []));
  return entries.flatMap(({ oplogIndex, entry }) => {
    const { type, functionName } = entry;
    if (isHint(type as Parameters<typeof isHint>[0])) return [];
    if (removed.some(({ start, end }) => oplogIndex >= start && oplogIndex <= end)) return [];
    if (typeof functionName !== "string") return [type];
    return ASKING.has(functionName) || CONSTANT_CALLS.has(functionName) ? [] : [`${type} ${functionName}`];
  });
}

interface Region {
  readonly start: number;
  readonly end: number;
}
