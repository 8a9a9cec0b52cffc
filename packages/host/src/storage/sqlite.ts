import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { assertWholeDatabase } from "./assert-whole-database.ts";
import { assertWholeWal } from "./assert-whole-wal.ts";
import { damage, withStorageErrors } from "../ground/storage-error.ts";

export type Synchronous = "normal" | "full";

/** Of what is in the files; changes whenever an older host could not read it, or this one what an older one wrote. */
const FORMAT = 3;

export interface SqliteOptions {
  readonly synchronous: Synchronous;
  /** The file belongs to this connection alone: about a quarter faster commits. */
  readonly exclusive: boolean;
  /** Looks for damage, for about a millisecond per megabyte. Only while no other connection writes. */
  readonly check: boolean;
  /** Statements that create the schema. */
  readonly schema: string;
}

/** Opens an SQLite file in WAL mode; creates it if it is not there. @throws StorageError */
export function openSqlite(file: string, options: SqliteOptions): DatabaseSync {
  return withStorageErrors(file, () => {
    if (!existsSync(file)) create(file, options.schema);
    // SQLite would take it for a new one.
    if (statSync(file).size === 0) throw damage(file, "the file is empty");
    if (options.check) assertWholeWal(file);
    const database = new DatabaseSync(file, { timeout: options.exclusive ? 0 : 10_000 });
    try {
      database.exec(`
        pragma locking_mode = ${options.exclusive ? "exclusive" : "normal"};
        pragma journal_mode = wal;
        pragma synchronous = ${options.synchronous};
        pragma wal_autocheckpoint = 4000;`);
      if (options.check) {
        assertFormat(database, file);
        assertWholeDatabase(database, file, options.schema);
      }
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
      database.exec(`${schema} pragma user_version = ${FORMAT};`);
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

function assertFormat(database: DatabaseSync, file: string): void {
  const format = database.prepare("pragma user_version").get()?.["user_version"];
  if (format === FORMAT) return;
  throw damage(
    file,
    `it has the format ${String(format)}, and this version of Golem Kit uses format ${FORMAT}`,
    "choose an empty data directory, or go on with the version of Golem Kit that wrote this one",
  );
}
