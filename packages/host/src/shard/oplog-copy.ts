import { GolemError } from "../ground/golem-error.ts";
import type { EntryOf, OplogEntry } from "../oplog/entry.ts";
import { encodeEntries } from "../oplog/entry-codec.ts";
import type { OplogRow } from "../storage/partition-store.ts";
import type { Journal } from "../journal/journal.ts";

/** The first part of a worker's oplog, as another worker's past. */
export interface OplogCopy {
  readonly create: EntryOf<"Create">;
  /** What follows `Create`, gapless. */
  readonly rows: readonly OplogRow[];
}

const ENTRIES_PER_ROW = 256;

/** @throws GolemError `InvalidRequest` if the oplog does not reach that far */
export function copyOplog({ oplog, state }: Journal, cutOff: number): OplogCopy {
  if (cutOff > oplog.lastIndex) {
    const details = `Cannot fork at oplog index ${cutOff}: the oplog ends at ${oplog.lastIndex}`;
    throw new GolemError({ type: "InvalidRequest", details });
  }
  const rows: OplogRow[] = [];
  let entries: OplogEntry[] = [];
  for (const [index, entry] of oplog.entries(2)) {
    if (index > cutOff) break;
    entries.push(entry);
    if (entries.length < ENTRIES_PER_ROW && index < cutOff) continue;
    rows.push({ first: index - entries.length + 1, last: index, data: encodeEntries(entries) });
    entries = [];
  }
  return { create: state.create, rows };
}
