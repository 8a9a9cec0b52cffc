import type { ReplayReport } from "../ground/api/simulation.ts";
import { DivergenceError, summary, surroundings } from "../oplog/divergence-error.ts";
import type { EntryOf, OplogEntry, OplogEntryCase, OplogEntryType } from "../oplog/entry.ts";
import { encodeEntries } from "../oplog/entry-codec.ts";
import { Oplog } from "../oplog/oplog.ts";
import { UnrecordedCallError } from "../oplog/unrecorded-call-error.ts";
import { Journal } from "../journal/journal.ts";
import { loadSnapshot } from "./instance/snapshot.ts";
import type { RunningInstance } from "./instance/running-instance.ts";
import { Signal } from "../journal/signals.ts";
import { takeResult } from "../journal/take-result.ts";
import { trapText } from "./instance/trap-text.ts";

/** An oplog that is only read: when all of it is replayed, or before anything would be written, the instance is ended. */
export class RecordedJournal extends Journal {
  #last = 1;

  constructor(entries: readonly OplogEntry[]) {
    const row = { first: 1, last: entries.length, data: encodeEntries(entries) };
    const storage = {
      read: (from: number) => (from <= row.last ? [row] : []),
      write: () => undefined,
      checksum: () => undefined,
      noteActive: () => undefined,
      size: () => row.data.length,
      sizeAfter: () => 0,
      flush: () => undefined,
    };
    super(new Oplog(storage, entries.length, () => 0));
  }

  override get live(): boolean {
    if (super.live) throw new Signal({ type: "shutdown" });
    return false;
  }

  /** Index of the entry that was taken last. @default that of `Create` */
  get last(): number {
    return this.#last;
  }

  /** Name of the call that is recorded next; `undefined` if that is something else. */
  get nextCall(): string | undefined {
    const entry = this.cursor.peek()?.[1];
    return entry?.type === "ImportedFunctionInvoked" ? entry.functionName : undefined;
  }

  override take<T extends OplogEntryType>(
    ...wanted: Parameters<typeof Journal.prototype.take<T>>
  ): [number, EntryOf<T>] {
    const taken = super.take(...wanted);
    [this.#last] = taken;
    return taken;
  }

  override append(_: OplogEntryCase): number {
    throw new Signal({ type: "shutdown" });
  }
}

/** Replays an oplog to its end, and does nothing else: nothing is written, nobody is called. */
export async function checkReplay(
  journal: RecordedJournal,
  instantiate: () => Promise<RunningInstance>,
): Promise<ReplayReport> {
  const { snapshot } = journal.state.updates;
  journal.rewind(snapshot && snapshot.index + 1);
  const running = await instantiate();
  try {
    if (snapshot !== undefined) await loadSnapshot(running, snapshot.payload);
    while (!journal.cursor.live) {
      const [, { functionName, request, timestamp, ...origin }] = journal.take(
        "ExportedFunctionInvoked",
        "the next invocation",
      );
      const called = { ...origin, startedAt: timestamp };
      takeResult(journal, functionName, await running.call(functionName, request, called));
    }
  } catch (error) {
    if (error instanceof DivergenceError) {
      const { index, expected, found, message } = error;
      return { replays: false, index, expected, found, message };
    }
    const next = journal.cursor.peek();
    // What ends the guest after all that is recorded is no part of it.
    if (next !== undefined && !(error instanceof Signal)) {
      const [index, entry] = next;
      if (error instanceof UnrecordedCallError) return unrecorded(journal, error, index, summary(entry));
      const expected = `what fails: ${trapText(error, running.stderr)}`;
      const message = `Replay failed at oplog index ${index}, where the oplog has ${summary(entry)}: ${trapText(error, running.stderr)}`;
      return { replays: false, index, expected, found: summary(entry), message };
    }
  } finally {
    running.release();
  }
  return { replays: true, lastIndex: journal.oplog.lastIndex };
}

/** @param found the next entry that the replay would take */
function unrecorded(
  journal: RecordedJournal,
  { call }: UnrecordedCallError,
  index: number,
  found: string,
): ReplayReport {
  const message =
    `Replay failed before oplog index ${index}, where the oplog has ${found}: the component calls ${call} under the ` +
    "persistence level persist-nothing, where nothing was recorded, so that nobody knows what it was answered.\n" +
    `${surroundings(journal.oplog, index)}\n` +
    "What to do: make the call before the level is changed, or leave it out on a replay (executionState().isLive of " +
    "@golem-kit/sdk/durability tells).";
  return { replays: false, index, expected: `a call of ${call}`, found, message };
}
