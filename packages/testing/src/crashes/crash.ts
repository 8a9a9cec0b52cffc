import type { CrashPoint, WorkerId } from "@golem-kit/host";
import type { TestHost } from "../test-host.ts";

/** A crash that is arranged. */
export interface PlannedCrash {
  /** True when the worker has crashed; false when it never will, since it was deleted or the host was reset. */
  readonly happened: Promise<boolean>;
}

/** Crashes a worker: its instance is lost, and it recovers from its oplog and finishes what it was at. */
export interface Crash {
  /** Now, whatever it is doing. */
  (): Promise<void>;
  /**
   * When its oplog has this index: `crash.afterEntry(41)`. The worker need not exist yet. Of the hints, which no replay
   * takes, only log lines count; after another one it crashes with the next entry that counts.
   */
  afterEntry(oplogIndex: number): PlannedCrash;
  /** When it has written so many more oplog entries, from 1. */
  afterNext(entries: number): Promise<PlannedCrash>;
  /**
   * When it calls what its oplog records under this name, before anything of that is done:
   * `crash.before("golem keyvalue::eventual::set")`.
   */
  before(recordedName: string): PlannedCrash;
}

export function crashOf(host: TestHost, id: WorkerId): Crash {
  const plan = (point: CrashPoint): PlannedCrash => {
    const happened = host.simulation.crash(id, point);
    // Who does not wait for it need not learn that the host was closed before.
    happened.catch(() => undefined);
    return { happened };
  };
  const now = (): Promise<void> => host.workers.interrupt(id, { recoverImmediately: true });
  return Object.assign(now, {
    afterEntry: (oplogIndex: number) => plan({ afterEntry: oplogIndex }),
    afterNext: async (entries: number) => {
      const { lastIndex } = await host.workers.oplog(id, { from: 1, count: 1 });
      return plan({ afterEntry: lastIndex + entries });
    },
    before: (recordedName: string) => plan({ beforeCall: recordedName }),
  });
}
