import type { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";

import type { WorkerId } from "../ground/api/worker-id.ts";
import { LogFlush } from "./log-flush.ts";
import { PARTITION_SCHEMA, PARTITION_SQL } from "./partition-schema.ts";
import { rowChecksum } from "./row-checksum.ts";
import { type LogAge, openSqlite, type Synchronous } from "./sqlite.ts";
import { damage, type StorageError } from "../ground/storage-error.ts";
import { bytesOf, prepareStatements, type Statements } from "./statements.ts";

/** A worker's row number inside its partition. */
export type WorkerRow = number;

/** A worker and where it is. */
export interface StoredWorkerKey {
  readonly row: WorkerRow;
  readonly id: WorkerId;
}

/** What is known of a worker without reading its oplog. */
export interface StoredWorker extends StoredWorkerKey {
  /** It was busy when it was last written: it has to go on by itself after a restart. */
  readonly active: boolean;
}

/** The packed entries of one commit. */
export interface OplogRow {
  readonly first: number;
  readonly last: number;
  readonly data: Uint8Array;
}

/** One file of workers and their oplogs. Owned, read and written by exactly one shard. */
export class PartitionStore {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #statements: Statements<keyof typeof PARTITION_SQL>;
  /** Absent where nobody asks for what is on the disk. */
  readonly #log: LogFlush | undefined;

  /**
   * @param synchronous `full`: what is committed survives a loss of power after the next `flush`
   * @throws StorageError
   */
  constructor(file: string, synchronous: Synchronous, logAge: LogAge = "this boot") {
    this.#file = file;
    this.#database = openSqlite(file, {
      synchronous,
      exclusive: true,
      check: true,
      logAge,
      schema: PARTITION_SCHEMA,
    });
    this.#log = synchronous === "full" ? new LogFlush(file) : undefined;
    this.#statements = prepareStatements(this.#database, file, PARTITION_SQL);
    this.#assertNoStrays();
  }

  /** The last entries of a worker would not be missed, if they were taken for another's. */
  #assertNoStrays(): void {
    const { run, sql } = this.#statements;
    if (run(() => sql.strays.get()) === undefined) return;
    this.close();
    throw damage(this.#file, "there are entries of a worker that is none");
  }

  findWorker(id: WorkerId): StoredWorker | undefined {
    const { run, sql } = this.#statements;
    const found = run(() => sql.find.get(id.componentId, id.workerName));
    if (found === undefined) return undefined;
    const worker = this.#worker(found);
    // The index has led to another row than the one it was made of.
    if (worker.id.workerName !== id.workerName || worker.id.componentId !== id.componentId)
      throw this.#damagedWorker(id.workerName);
    return worker;
  }

  /** Workers of a component in order of creation, after row `after`. */
  listWorkers(componentId: string, after: WorkerRow, limit: number): readonly StoredWorker[] {
    const { run, sql } = this.#statements;
    return run(() => sql.list.all(componentId, after, limit)).map((found) => this.#worker(found));
  }

  activeWorkers(): readonly StoredWorker[] {
    const { run, sql } = this.#statements;
    return run(() => sql.active.all()).map((found) => this.#worker(found));
  }

  /**
   * Creates a worker together with its first entries, in one transaction.
   *
   * @param instead a worker that is deleted
   */
  createWorker(id: WorkerId, oplog: readonly OplogRow[], active: boolean, instead?: WorkerRow): WorkerRow {
    const { sql } = this.#statements;
    return this.#transaction(() => {
      if (instead !== undefined) this.#delete(instead);
      const columns = columnsOf(id, active);
      const row = Number(sql.create.run(...columns, rowChecksum(...columns)).lastInsertRowid);
      for (const each of oplog) this.#append(row, each);
      return row;
    });
  }

  /** Appends the entries of one commit; `active` is written along when it changed. */
  append(worker: StoredWorkerKey, oplog: OplogRow, active?: boolean): void {
    if (active === undefined) {
      this.#statements.run(() => this.#append(worker.row, oplog));
      this.#log?.noteCommit();
      return;
    }
    this.#transaction(() => {
      this.#append(worker.row, oplog);
      this.setActive(worker, active);
    });
  }

  setActive({ row, id }: StoredWorkerKey, active: boolean): void {
    const { run, sql } = this.#statements;
    run(() => sql.setActive.run(active ? 1 : 0, rowChecksum(...columnsOf(id, active)), row));
    this.#log?.noteCommit();
  }

  /** Index of the last stored entry, 0 for none. */
  lastIndex(row: WorkerRow): number {
    const { run, sql } = this.#statements;
    return Number(run(() => sql.lastIndex.get(row))?.["last"] ?? 0);
  }

  /**
   * At most `limit` rows that hold entries at or after index `from`, gapless.
   *
   * @throws StorageError if they are not what was written
   */
  oplogRows(row: WorkerRow, from: number, limit: number): readonly OplogRow[] {
    const { run, sql } = this.#statements;
    const rows = run(() => sql.rows.all(row, from, limit)).map((found) => {
      const oplog = {
        first: Number(found["first"]),
        last: Number(found["last"]),
        data: bytesOf(found["data"]),
      };
      if (found["checksum"] !== checksum(row, oplog)) throw this.#damagedOplog(row, oplog.first);
      return oplog;
    });
    const wanted = rows.filter(({ last }) => last >= from);
    let next = from;
    for (const { first, last } of wanted) {
      if (first > next) throw this.#damagedOplog(row, next);
      next = last + 1;
    }
    return wanted;
  }

  /** Bytes of the rows that hold nothing but entries from index `first` to `last`. Their data are not read. */
  oplogSize(row: WorkerRow, first: number, last: number): number {
    const { run, sql } = this.#statements;
    return Number(run(() => sql.size.get(row, first, last))?.["size"]);
  }

  /** Checksum of the row that ends with this entry. Its data are not read. */
  oplogChecksum(row: WorkerRow, last: number): number | undefined {
    const { run, sql } = this.#statements;
    const found = run(() => sql.checksum.get(row, last));
    return found?.["last"] === last ? Number(found["checksum"]) : undefined;
  }

  deleteWorker(row: WorkerRow): void {
    this.#transaction(() => this.#delete(row));
  }

  #delete(row: WorkerRow): void {
    const { sql } = this.#statements;
    sql.deleteOplog.run(row);
    sql.delete.run(row);
  }

  /** Deletes every worker. */
  clear(): void {
    const { sql } = this.#statements;
    this.#transaction(() => {
      sql.clearOplog.run();
      sql.clear.run();
    });
  }

  /** True if nothing that was committed can be lost. */
  get isFlushed(): boolean {
    return this.#log?.isDone ?? true;
  }

  /** Resolves when all that was committed before the call is on the disk; nothing happens unless `full`. @throws StorageError */
  async flush(): Promise<void> {
    await this.#log?.flush();
  }

  /** Like `flush`, but this thread waits. @throws StorageError */
  flushNow(): void {
    this.#log?.flushNow();
  }

  close(): void {
    this.#database.close();
    this.#log?.close();
  }

  #transaction<T>(action: () => T): T {
    const result = this.#statements.transaction(action);
    this.#log?.noteCommit();
    return result;
  }

  #append(row: WorkerRow, oplog: OplogRow): void {
    const { first, last, data } = oplog;
    this.#statements.sql.append.run(row, first, last, data, checksum(row, oplog));
  }

  #worker(found: Record<string, unknown>): StoredWorker {
    const id = { componentId: String(found["component_id"]), workerName: String(found["name"]) };
    const active = found["active"] === 1;
    if (rowChecksum(...columnsOf(id, active)) !== found["checksum"]) throw this.#damagedWorker(id.workerName);
    return { row: Number(found["row"]), id, active };
  }

  #damagedWorker(name: string): StorageError {
    return damage(this.#file, `the row of the worker ${name} is not what was written`);
  }

  #damagedOplog(row: WorkerRow, index: number): StorageError {
    const { run, sql } = this.#statements;
    const name = String(run(() => sql.nameOf.get(row))?.["name"]);
    return damage(
      this.#file,
      `the oplog of the worker ${name} is not what was written, from entry ${index} on`,
    );
  }
}

/** Of the entries and of where they belong: a row that has moved is damaged too. */
function checksum(row: WorkerRow, { first, last, data }: OplogRow): number {
  return crc32(data, crc32(`${row} ${first} ${last}`));
}

function columnsOf(id: WorkerId, active: boolean) {
  return [id.componentId, id.workerName, active ? 1 : 0] as const;
}
