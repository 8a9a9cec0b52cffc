import { closeSync, fdatasync, fdatasyncSync, openSync } from "node:fs";

import { fileError } from "../ground/storage-error.ts";

/**
 * Makes what was committed to an SQLite file survive a loss of power: flushes its write-ahead log to the disk, once for all
 * that was committed before. The file has to be opened with `synchronous = normal`: then SQLite itself flushes the log before
 * it moves pages from it to the database, and the database before it begins the log anew, so that whatever is not in the log
 * any more is safe already.
 *
 * A flush that fails leaves unknown what is on the disk, and the next one would not say so: from then on all fail.
 */
export class LogFlush {
  readonly #log: string;
  #fd: number | undefined;
  #committed = 0;
  #flushed = 0;
  #underWay = 0;
  #isClosed = false;
  #failure: Error | undefined;

  /** @param file the database; its log is there once something was committed */
  constructor(file: string) {
    this.#log = `${file}-wal`;
  }

  /** True if nothing that was committed can be lost. */
  get isDone(): boolean {
    return this.#flushed === this.#committed;
  }

  /** To be called after every commit. */
  noteCommit(): void {
    this.#committed += 1;
  }

  /** Resolves when all that was committed before the call is on the disk; this thread goes on meanwhile. @throws StorageError */
  async flush(): Promise<void> {
    if (this.isDone) return;
    const committed = this.#committed;
    const fd = this.#open();
    this.#underWay += 1;
    try {
      await new Promise<void>((resolve, reject) => {
        fdatasync(fd, (error) => (error === null ? resolve() : reject(this.#failed(error))));
      });
      this.#flushed = Math.max(this.#flushed, committed);
    } finally {
      this.#underWay -= 1;
      this.#letGo();
    }
  }

  /** Like `flush`, but this thread waits. @throws StorageError */
  flushNow(): void {
    if (this.isDone) return;
    const fd = this.#open();
    try {
      fdatasyncSync(fd);
    } catch (error) {
      throw this.#failed(error);
    }
    this.#flushed = this.#committed;
  }

  /** The database is closed, and has taken over what was in the log. */
  close(): void {
    this.#flushed = this.#committed;
    this.#isClosed = true;
    this.#letGo();
  }

  #open(): number {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return (this.#fd ??= openSync(this.#log, "r+"));
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Closed under a flush, its number could be another file's meanwhile. */
  #letGo(): void {
    if (!this.#isClosed || this.#underWay > 0 || this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
  }

  #failed(cause: unknown): Error {
    return (this.#failure ??= fileError(this.#log, cause));
  }
}
