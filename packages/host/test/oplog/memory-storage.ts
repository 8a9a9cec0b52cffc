import { Oplog, type OplogStorage } from "../../src/oplog/oplog.ts";
import type { OplogRow } from "../../src/storage/partition-store.ts";

/** The rows of one oplog, kept by the test. */
export class MemoryStorage implements OplogStorage {
  readonly rows: OplogRow[] = [];

  read(from: number, limit: number): readonly OplogRow[] {
    return this.rows.filter((row) => row.last >= from).slice(0, limit);
  }

  write(row: OplogRow): void {
    this.rows.push(row);
  }

  noteActive(): void {
    // Nothing runs.
  }
}

/** An empty oplog whose clock ticks once an entry: 1, 2, 3 … */
export function emptyOplog(storage: OplogStorage = new MemoryStorage()): Oplog {
  let time = 0;
  return new Oplog(storage, 0, () => (time += 1));
}
