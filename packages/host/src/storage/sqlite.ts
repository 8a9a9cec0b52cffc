import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { assertWholeDatabase } from "./assert-whole-database.ts";
import { assertWholeWal } from "./assert-whole-wal.ts";
import { damage, withStorageErrors } from "../ground/storage-error.ts";
import { syncFolder } from "./sync-folder.ts";

export type Synchronous = "normal" | "full";

/**
 * When the write-ahead logs were written that are found. One of an earlier boot may end in any part of what was not flushed
 * when the machine lost its power, with gaps in it: it is read as far as it is whole. In one of this boot nothing is missing
 * but what a process that was killed had not finished, so that a gap is damage.
 */
export type LogAge = "this boot" | "earlier boot";

/** Of what is in the files; changes whenever an older host could not read it, or this one what an older one wrote. */
const FORMAT = 4;

export interface SqliteOptions {
  /** `full`: what is committed is on the disk before the commit returns, or, of an exclusive file, after a `LogFlush`. */
  readonly synchronous: Synchronous;
  /** The file belongs to this connection alone: about a quarter faster commits. */
  readonly exclusive: boolean;
  /** Looks for damage, for about a millisecond per megabyte. Only while no other connection writes. */
  readonly check: boolean;
  /** Of a log that is found. */
  readonly logAge: LogAge;
  /** Statements that create the schema. */
  readonly schema: string;
}

/** Opens an SQLite file in WAL mode; creates it if it is not there. @throws StorageError */
export function openSqlite(file: string, options: SqliteOptions): DatabaseSync {
  return withStorageErrors(file, () => {
    if (!existsSync(file)) create(file, options);
    // SQLite would take it for a new one.
    if (statSync(file).size === 0) throw damage(file, "the file is empty");
    const isFull = options.synchronous === "full";
    const hasLog = options.check && existsSync(`${file}-wal`);
    if (hasLog && options.logAge === "this boot") assertWholeWal(file);
    const database = new DatabaseSync(file, { timeout: options.exclusive ? 0 : 10_000 });
    try {
      database.exec(`
        pragma locking_mode = ${options.exclusive ? "exclusive" : "normal"};
        pragma journal_mode = wal;
        pragma synchronous = ${options.exclusive ? "normal" : options.synchronous};
        pragma wal_autocheckpoint = 4000;`);
      // On macOS a flush does not reach the disk otherwise.
      if (isFull) database.exec("pragma fullfsync = on; pragma checkpoint_fullfsync = on;");
      // What follows a gap must not be taken for a part of what is written after it, and what a flush that failed has left
      // is written anew.
      if (hasLog && (isFull || options.logAge === "earlier boot"))
        database.exec("pragma wal_checkpoint(truncate)");
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
function create(file: string, { schema, synchronous }: SqliteOptions): void {
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
    if (synchronous === "full") syncFolder(dirname(file));
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
