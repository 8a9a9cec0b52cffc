import type { CrashPoint } from "@golem-kit/host";
import { missingWorker, unlessMissing } from "../failure/missing-worker.ts";
import type { TestHost } from "../test-host.ts";
import type { TitledWorker } from "../titled-worker.ts";
import { ArrangedCrash, type PlannedCrash } from "./arranged-crash.ts";
import { wholeNumber } from "./whole-number.ts";

/** Crashes a worker: its instance is lost, and it recovers from its oplog and finishes what it was at. */
export interface Crash {
  /** Now, whatever it is doing. @throws Error if there is no such worker */
  (): Promise<void>;
  /**
   * When its oplog has this index: `crash.afterEntry(41)`. The worker need not exist yet. Of the hints, which no replay
   * takes, only log lines count; after another one it crashes with the next entry that counts.
   *
   * @throws Error if it is no whole number from 1
   */
  afterEntry(oplogIndex: number): PlannedCrash;
  /** When it has written so many more oplog entries, from 1. @throws Error if there is no such worker */
  afterNext(entries: number): Promise<PlannedCrash>;
  /**
   * When it calls what its oplog records under this name, before anything of that is done:
   * `crash.before("golem keyvalue::eventual::set")`. The worker need not exist yet. `golem-kit oplog` and a worker's `oplog()`
   * show the names, as `functionName` of `ImportedFunctionInvoked`.
   */
  before(recordedName: string): PlannedCrash;
}

export function crashOf(host: TestHost, worker: TitledWorker): Crash {
  const { id, title } = worker;
  const plan = (point: CrashPoint): PlannedCrash => new ArrangedCrash(host, worker, point);
  const now = async (): Promise<void> => {
    await host.workers.get(id).catch(unlessMissing(title));
    await host.workers.interrupt(id, { recoverImmediately: true });
  };
  return Object.assign(now, {
    afterEntry: (oplogIndex: number) =>
      plan({ afterEntry: wholeNumber("The entry of crash.afterEntry", oplogIndex) }),
    afterNext: async (entries: number) => {
      const more = wholeNumber("The number of entries of crash.afterNext", entries);
      const { lastIndex } = await host.workers.oplog(id, { from: 1, count: 1 });
      if (lastIndex === 0) throw missingWorker(title);
      return plan({ afterEntry: lastIndex + more });
    },
    before: (recordedName: string) => {
      if (recordedName === "")
        throw new Error(
          'crash.before takes the name that an oplog has of a call: crash.before("golem keyvalue::eventual::set")',
        );
      return plan({ beforeCall: recordedName });
    },
  });
}
