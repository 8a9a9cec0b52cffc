import type { DatabaseSync } from "node:sqlite";

import { rowChecksum } from "./row-checksum.ts";
import { damage } from "../ground/storage-error.ts";
import { bytesOf, prepareStatements, type Statements } from "./statements.ts";

const SQL = {
  get: "select value, checksum from key_value where bucket = ? and key = ?",
  set: `insert into key_value (bucket, key, value, checksum) values (?, ?, ?, ?)
    on conflict (bucket, key) do update set value = excluded.value, checksum = excluded.checksum`,
  delete: "delete from key_value where bucket = ? and key = ?",
  all: "select bucket, key, value, checksum from key_value order by bucket, key",
  clear: "delete from key_value",
  keys: "select key from key_value where bucket = ? order by key",
} as const;

/**
 * The key-value store that all workers of all components share. Keys are listed in the order of their bytes, as Golem lists
 * them.
 */
export class KeyValueStore {
  readonly #statements: Statements<keyof typeof SQL>;
  readonly #file: string;

  constructor(database: DatabaseSync, file: string) {
    this.#file = file;
    this.#statements = prepareStatements(database, file, SQL);
  }

  get(bucket: string, key: string): Uint8Array | undefined {
    const { run, sql } = this.#statements;
    const row = run(() => sql.get.get(bucket, key));
    if (row === undefined) return undefined;
    return this.#value(bucket, key, row);
  }

  #value(bucket: string, key: string, row: Record<string, unknown>): Uint8Array {
    const value = bytesOf(row["value"]);
    if (rowChecksum(bucket, key, value) === row["checksum"]) return value;
    throw damage(
      this.#file,
      `the value of ${key} in the bucket ${bucket} is not what was written`,
      "restore the file from a backup, or set the value anew",
    );
  }

  set(bucket: string, key: string, value: Uint8Array): void {
    const { run, sql } = this.#statements;
    run(() => sql.set.run(bucket, key, value, rowChecksum(bucket, key, value)));
  }

  delete(bucket: string, key: string): void {
    const { run, sql } = this.#statements;
    run(() => sql.delete.run(bucket, key));
  }

  keys(bucket: string): string[] {
    const { run, sql } = this.#statements;
    return run(() => sql.keys.all(bucket)).map((row) => String(row["key"]));
  }

  /** Everything, by bucket and key. @throws StorageError if a value is not what was written */
  contents(): ReadonlyMap<string, ReadonlyMap<string, Uint8Array>> {
    const { run, sql } = this.#statements;
    const buckets = new Map<string, Map<string, Uint8Array>>();
    for (const row of run(() => sql.all.all())) {
      const bucket = String(row["bucket"]);
      const key = String(row["key"]);
      const values = buckets.get(bucket) ?? new Map<string, Uint8Array>();
      buckets.set(bucket, values.set(key, this.#value(bucket, key, row)));
    }
    return buckets;
  }

  /** Deletes every bucket. */
  clear(): void {
    const { run, sql } = this.#statements;
    run(() => sql.clear.run());
  }

  /** All of them or none. */
  setMany(bucket: string, entries: readonly (readonly [key: string, value: Uint8Array])[]): void {
    const { transaction, sql } = this.#statements;
    transaction(() => {
      for (const [key, value] of entries) sql.set.run(bucket, key, value, rowChecksum(bucket, key, value));
    });
  }

  /** All of them or none. */
  deleteMany(bucket: string, keys: readonly string[]): void {
    const { transaction, sql } = this.#statements;
    transaction(() => {
      for (const key of keys) sql.delete.run(bucket, key);
    });
  }
}
