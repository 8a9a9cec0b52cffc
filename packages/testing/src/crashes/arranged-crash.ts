import { type CrashPoint, HostClosedError, readOplog } from "@golem-kit/host";
import { unknownName } from "@golem-kit/wit";
import type { TestHost } from "../test-host.ts";
import type { TitledWorker } from "../titled-worker.ts";

/** A crash that is arranged. */
export interface PlannedCrash {
  /**
   * To be awaited after what brings it about: true when the worker has crashed, false when nothing runs any more, the worker is
   * gone, or the host was restarted, and it has not. Unless the crash is off, it may still happen when the worker goes on: await
   * it again.
   */
  readonly happened: PromiseLike<boolean>;
  /**
   * The same, as an error that tells why it has not happened.
   *
   * @throws Error with what the worker's oplog has instead: how many entries, or the names of its calls
   * @example
   * ```ts
   * const crash = cart.crash.before("golem keyvalue::eventual::set");
   * await cart.api.checkout();
   * await crash.reached();
   * ```
   */
  reached(): Promise<void>;
}

type Course = "happened" | "open" | "worker gone" | "host closed";

export class ArrangedCrash implements PlannedCrash {
  readonly happened: PromiseLike<boolean>;
  readonly #host: TestHost;
  readonly #worker: TitledWorker;
  readonly #point: CrashPoint;
  /** Pending while it may still happen. */
  readonly #end: Promise<Course>;

  constructor(host: TestHost, worker: TitledWorker, point: CrashPoint) {
    this.#host = host;
    this.#worker = worker;
    this.#point = point;
    this.#end = host.simulation.crash(worker.id, point).then(
      (happened) => (happened ? "happened" : "worker gone"),
      (error: unknown) => {
        if (error instanceof HostClosedError) return "host closed";
        throw error;
      },
    );
    // Who does not wait for it need not learn what became of the host.
    this.#end.catch(() => undefined);
    this.happened = {
      // It is looked at whenever it is awaited: a crash that never comes must not be waited for.
      // oxlint-disable-next-line unicorn/no-thenable
      then: (fulfilled, rejected) =>
        this.#course()
          .then((course) => course === "happened")
          .then(fulfilled, rejected),
    };
  }

  async reached(): Promise<void> {
    const course = await this.#course();
    if (course !== "happened")
      throw new Error(`${this.#worker.title} has not crashed. ${await this.#cause(course)}`);
  }

  async #course(): Promise<Course> {
    const now = async (): Promise<Course> => {
      await this.#host.simulation.settled();
      return Promise.race([this.#end, Promise.resolve<Course>("open")]);
    };
    return Promise.race([this.#end, now()]);
  }

  async #cause(course: Course): Promise<string> {
    if (course === "host closed") return "Its host was closed or restarted before.";
    if (course === "worker gone") return "It was removed before.";
    const entries = await readOplog(this.#host, this.#worker.id);
    if (entries.length === 0) return "It was never invoked.";
    if ("afterEntry" in this.#point) {
      const { afterEntry } = this.#point;
      return afterEntry > entries.length
        ? `Its oplog has ${entries.length} entries, and no entry ${afterEntry}.`
        : `Its oplog has entry ${afterEntry}, but nothing has come since the crash was arranged that a replay takes.`;
    }
    const { beforeCall } = this.#point;
    const known = new Set(entries.flatMap(({ entry }) => calledName(entry)));
    return known.has(beforeCall)
      ? `Its oplog has "${beforeCall}", but it was not called since the crash was arranged.`
      : unknownName("call", beforeCall, { place: "in its oplog", known }).message;
  }
}

function calledName({
  type,
  functionName,
}: {
  readonly type: string;
  readonly functionName?: unknown;
}): readonly string[] {
  return type === "ImportedFunctionInvoked" ? [String(functionName)] : [];
}
