import type { CrashPoint, WorkerId } from "@golem-kit/host";
import type { TestHost } from "../test-host.ts";

/** A crash that is arranged. */
export interface PlannedCrash {
  /**
   * To be awaited after what brings it about: true when the worker has crashed, false when nothing runs any more, or the worker
   * is gone, and it has not. It may still happen then, when the worker goes on: await it again.
   */
  readonly happened: PromiseLike<boolean>;
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
    const crashed = host.simulation.crash(id, point);
    // Who does not wait for it need not learn that the host was closed before.
    crashed.catch(() => undefined);
    return { happened: new Happening(host, crashed) };
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

/** Looks, whenever it is awaited, whether it has come to a crash: one that never comes must not be waited for. */
class Happening implements PromiseLike<boolean> {
  readonly #host: TestHost;
  readonly #crashed: Promise<boolean>;

  constructor(host: TestHost, crashed: Promise<boolean>) {
    this.#host = host;
    this.#crashed = crashed;
  }

  // oxlint-disable-next-line unicorn/no-thenable
  then: PromiseLike<boolean>["then"] = (fulfilled, rejected) =>
    Promise.race([this.#crashed, this.#settled()]).then(fulfilled, rejected);

  async #settled(): Promise<boolean> {
    await this.#host.simulation.settled();
    return Promise.race([this.#crashed, Promise.resolve(false)]);
  }
}
