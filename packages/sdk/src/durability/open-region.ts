import { markBeginOperation, markEndOperation } from "golem:api/host@1.1.6";

/**
 * What the oplog sees: one region at a time. Regions that are begun while one is open become part of it, so that nested
 * and concurrent ones are committed together, by the last of them to end. Two overlapping regions in the oplog could not
 * be repeated one by one.
 */
class OpenRegion {
  #begin: bigint | undefined;
  #members = 0;

  /** Where in the oplog the open region begins; `undefined` if none is open. */
  get begin(): bigint | undefined {
    return this.#begin;
  }

  join(): void {
    this.#begin ??= markBeginOperation();
    this.#members += 1;
  }

  leave(): void {
    this.#members -= 1;
    if (this.#members > 0 || this.#begin === undefined) return;
    const begin = this.#begin;
    this.#begin = undefined;
    markEndOperation(begin);
  }
}

/** The one region that a worker can have open. */
export const openRegion = new OpenRegion();
