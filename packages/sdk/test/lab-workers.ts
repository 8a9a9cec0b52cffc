import type { Host, PublicOplogEntry, WorkerId } from "@golem-kit/host";

import type { Lab } from "./lab.ts";

/** A run of an invocation on a worker, which died after so many entries: 0 for not at all. */
export interface Run {
  readonly worker: string;
  readonly answer: unknown;
  readonly died: number;
}

/** Workers of the lab, by the functions of one of its interfaces. */
export class LabWorkers {
  readonly #lab: Lab;
  readonly #interfaceName: string;

  constructor(lab: Lab, interfaceName: string) {
    this.#lab = lab;
    this.#interfaceName = interfaceName;
  }

  call(worker: string, name: string, ...values: readonly unknown[]): Promise<unknown> {
    return this.#lab.call(worker, `sdk:lab-exports/${this.#interfaceName}.{${name}}`, ...values);
  }

  /** The message of what a call fails with. */
  async failure(worker: string, name: string, ...values: readonly unknown[]): Promise<string> {
    try {
      await this.call(worker, name, ...values);
    } catch (error) {
      return String(error);
    }
    throw new Error("The call did not fail");
  }

  id(workerName: string): WorkerId {
    return { componentId: this.#lab.componentId, workerName };
  }

  async status(worker: string): Promise<string> {
    return (await this.#workers.get(this.id(worker))).status;
  }

  /** The whole public oplog. */
  async oplog(worker: string): Promise<readonly PublicOplogEntry[]> {
    const entries: PublicOplogEntry[] = [];
    for (let from: number | undefined = 1; from !== undefined;) {
      const page: Awaited<ReturnType<Host["workers"]["oplog"]>> = await this.#workers.oplog(this.id(worker), {
        from,
        count: 100,
      });
      entries.push(...page.entries.map(({ entry }) => entry));
      from = page.next?.nextOplogIndex;
    }
    return entries;
  }

  /** Handles of the host's resources that the worker still holds, but for the lab's own buckets. */
  async handles(worker: string): Promise<readonly string[]> {
    const held = await this.#workers.handles(this.id(worker));
    return Object.keys(held).filter((kind) => kind !== "wasi:keyvalue/types#bucket");
  }

  /** The worker loses its instance. */
  async crash(worker: string): Promise<void> {
    await this.#workers.interrupt(this.id(worker), { recoverImmediately: true });
  }

  /** Runs an invocation on a new worker that loses its instance when it has written so many entries. */
  async callDying(
    worker: string,
    entries: number,
    name: string,
    ...values: readonly unknown[]
  ): Promise<unknown> {
    await this.#workers.create(this.#lab.componentId, { name: worker });
    const died = this.#workers.interrupt(this.id(worker), { recoverImmediately: true, atEntry: entries });
    try {
      return await this.call(worker, name, ...values);
    } finally {
      await died;
    }
  }

  /**
   * Runs an invocation on a worker that is not disturbed, and then on one for each entry of its oplog, which dies after
   * that entry.
   */
  async *everyCrash(worker: string, name: string, ...values: readonly unknown[]): AsyncGenerator<Run> {
    yield { worker, answer: await this.call(worker, name, ...values), died: 0 };
    const oplog = await this.oplog(worker);
    const last = oplog.findIndex(({ type }) => type === "ExportedFunctionCompleted");
    // The first two entries are the worker's making and the invocation; nothing has run before.
    for (let died = 3; died <= last; died += 1) {
      const dying = `${worker}-${died}`;
      yield { worker: dying, answer: await this.callDying(dying, died, name, ...values), died };
    }
  }

  get #workers(): Host["workers"] {
    return this.#lab.host.workers;
  }
}
