import { DatabaseSync } from "node:sqlite";

import { withStorageErrors } from "./storage-error.ts";

export type Synchronous = "normal" | "full";

export interface SqliteOptions {
  readonly synchronous: Synchronous;
  /** The file belongs to this connection alone: about a quarter faster commits. */
  readonly exclusive: boolean;
  /** Statements that create the schema, each with `if not exists`. */
  readonly schema: string;
}

/** Opens an SQLite file in WAL mode. @throws StorageError */
export function openSqlite(file: string, options: SqliteOptions): DatabaseSync {
  return withStorageErrors(file, () => {
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
