import type { GolemError } from "../ground/golem-error.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunningInstance } from "./instance/running-instance.ts";

/** What can be seen of an instance from outside. */
export type VisibleInstance = Pick<RunningInstance, "files" | "handles">;

interface Look {
  readonly at: (running: RunningInstance) => void;
  readonly giveUp: (reason: GolemError) => void;
}

/** Those who want to see an instance that has come to where its oplog ends. */
export class Looks {
  readonly #journal: Journal;
  readonly #waiting: Look[] = [];

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  wait<T>(look: (running: RunningInstance) => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const at = (running: RunningInstance): void => {
      try {
        resolve(look(running));
      } catch (error) {
        reject(error);
      }
    };
    this.#waiting.push({ at, giveUp: reject });
    return promise;
  }

  /** Shows the instance to those who wait as soon as its replay is over. */
  show(running: RunningInstance): void {
    if (this.#waiting.length === 0) return;
    this.#journal.whenLive(() => {
      for (const look of this.#waiting.splice(0)) look.at(running);
    });
  }

  giveUp(reason: GolemError): void {
    for (const look of this.#waiting.splice(0)) look.giveUp(reason);
  }
}
