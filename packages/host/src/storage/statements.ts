import type { DatabaseSync, StatementSync } from "node:sqlite";

import { withStorageErrors } from "../ground/storage-error.ts";

/** Prepared statements by name, and transactions around them; every failure is a `StorageError` that names the file. */
export interface Statements<Name extends string> {
  readonly sql: Readonly<Record<Name, StatementSync>>;
  readonly run: <T>(action: () => T) => T;
  /** All of `action` or nothing. */
  readonly transaction: <T>(action: () => T) => T;
}

export function prepareStatements<Name extends string>(
  database: DatabaseSync,
  file: string,
  texts: Readonly<Record<Name, string>>,
): Statements<Name> {
  const prepared = Object.fromEntries(
    Object.entries<string>(texts).map(([name, text]) => [name, database.prepare(text)]),
  );
  const begin = database.prepare("begin immediate");
  const commit = database.prepare("commit");
  const rollback = database.prepare("rollback");
  const run = <T>(action: () => T): T => withStorageErrors(file, action);
  return {
    sql: prepared as Record<Name, StatementSync>,
    run,
    transaction: (action) =>
      run(() => {
        begin.run();
        try {
          const result = action();
          commit.run();
          return result;
        } catch (error) {
          if (database.isTransaction) rollback.run();
          throw error;
        }
      }),
  };
}

/** The bytes of a blob column; empty for null. */
export function bytesOf(column: unknown): Uint8Array {
  return column instanceof Uint8Array ? column : new Uint8Array();
}
