import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { assertWholeWal } from "./assert-whole-wal.ts";
import { damage, withStorageErrors } from "./storage-error.ts";

export type Synchronous = "normal" | "full";

export interface SqliteOptions {
  readonly synchronous: Synchronous;
  /** The file belongs to this connection alone: about a quarter faster commits. */
  readonly exclusive: boolean;
  /** Statements that create the schema, each with `if not exists`. */
  readonly schema: string;
}

/** Opens an SQLite file in WAL mode; creates it if it is not there. @throws StorageError */
export function openSqlite(file: string, options: SqliteOptions): DatabaseSync {
  return withStorageErrors(file, () => {
    if (!existsSync(file)) create(file, options.schema);
    // SQLite would take it for a new one.
    if (statSync(file).size === 0) throw damage(file, "the file is empty");
    if (options.exclusive) assertWholeWal(file);
    const database = new DatabaseSync(file, { timeout: options.exclusive ? 0 : 10_000 });
    try {
      database.exec(`
        pragma locking_mode = ${options.exclusive ? "exclusive" : "normal"};
        pragma journal_mode = wal;
        pragma synchronous = ${options.synchronous};
        pragma wal_autocheckpoint = 4000;
        ${options.schema}`);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** The file appears with its schema in it, or not at all: an empty one is never one that was just being created. */
function create(file: string, schema: string): void {
  const partial = `${file}.${crypto.randomUUID()}.part`;
  try {
    const database = new DatabaseSync(partial);
    try {
      database.exec(schema);
    } finally {
      database.close();
    }
    // What was committed to one that has been moved away is no part of its successor.
    for (const suffix of ["-wal", "-shm"]) rmSync(file + suffix, { force: true });
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
}
