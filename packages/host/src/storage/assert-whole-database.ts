import { DatabaseSync } from "node:sqlite";

import { damage } from "../ground/storage-error.ts";

/**
 * Refuses a database whose structure is damaged, so that rows could be lost or found in a wrong place. What rows hold has
 * checksums, which are looked at when a row is read.
 *
 * Reads the whole file, for about a millisecond per megabyte.
 *
 * @param schema statements that create the schema
 * @throws StorageError
 */
export function assertWholeDatabase(database: DatabaseSync, file: string, schema: string): void {
  if (schemaOf(database) !== expectedSchema(schema))
    throw damage(file, "the file is damaged: its schema is not what was written");
  const found = String(database.prepare("pragma integrity_check(1)").get()?.["integrity_check"]);
  if (found !== "ok") throw damage(file, `the file is damaged: ${found.replace(/\s+/g, " ")}`);
}

function schemaOf(database: DatabaseSync): string {
  return JSON.stringify(database.prepare("select type, name, tbl_name, sql from sqlite_schema").all());
}

function expectedSchema(schema: string): string {
  const database = new DatabaseSync(":memory:");
  try {
    database.exec(schema);
    return schemaOf(database);
  } finally {
    database.close();
  }
}
