import { crc32 } from "node:zlib";

import type { OplogEntryCase } from "../../src/oplog/entry.ts";
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

  checksum(last: number): number | undefined {
    const row = this.rows.find((each) => each.last === last);
    return row && crc32(row.data);
  }

  size(): number {
    return this.rows.reduce((sum, { data }) => sum + data.length, 0);
  }

  sizeAfter(last: number): number {
    return this.rows.reduce((sum, { first, data }) => (first > last ? sum + data.length : sum), 0);
  }

  noteActive(): void {
    // Nothing runs.
  }

  flush(): void {
    // Nothing is on a disk.
  }
}

/** An empty oplog whose clock ticks once an entry: 1, 2, 3 … */
export function emptyOplog(storage: OplogStorage = new MemoryStorage()): Oplog {
  let time = 0;
  return new Oplog(storage, 0, () => (time += 1));
}

/** The first entry of a worker about which nothing is special. */
export const CREATE: OplogEntryCase = {
  type: "Create",
  workerId: { componentId: "c", workerName: "w" },
  componentVersion: 0,
  args: [],
  env: {},
  parent: null,
  componentSize: 0,
  initialTotalLinearMemorySize: 0,
};
