import type { DatabaseSync } from "node:sqlite";

import { type LogAge, openSqlite, type Synchronous } from "./sqlite.ts";

/** Each table has an index beside its rows, so that a key that was changed in one of them is noticed by the other. */
const SCHEMA = `
  create table component (
    sequence integer primary key autoincrement,
    component_id text not null,
    version integer not null,
    name text not null,
    wasm_hash text not null,
    description text not null,
    checksum integer not null,
    unique (component_id, version)
  );
  create table key_value (
    sequence integer primary key autoincrement,
    bucket text not null,
    key text not null,
    value blob not null,
    checksum integer not null,
    unique (bucket, key)
  );
  create table container (
    name text not null primary key,
    created_at integer not null,
    checksum integer not null
  );
  create table object (
    sequence integer primary key autoincrement,
    container text not null,
    name text not null,
    size integer not null,
    created_at integer not null,
    file text not null,
    checksums blob not null,
    checksum integer not null,
    unique (container, name)
  );
  create table move (
    worker text not null primary key,
    by text not null,
    checksum integer not null
  );
  create table promise (
    component_id text not null,
    worker_name text not null,
    oplog_index integer not null,
    data blob,
    completed_by text,
    awaited integer not null,
    deleted integer not null,
    checksum integer not null,
    primary key (component_id, worker_name, oplog_index)
  );
  create table schedule (
    id text not null primary key,
    at integer not null,
    action blob not null,
    checksum integer not null
  );
  create index schedule_at on schedule (at);`;

/**
 * What all workers share: one file, used by the router and by every shard.
 *
 * @param isFirst nobody else has opened the file yet: it is looked through for damage
 * @throws StorageError
 */
export function openSharedDatabase(
  file: string,
  synchronous: Synchronous,
  isFirst: boolean,
  logAge: LogAge = "this boot",
): DatabaseSync {
  return openSqlite(file, { synchronous, exclusive: false, check: isFirst, logAge, schema: SCHEMA });
}
