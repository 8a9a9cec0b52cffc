import { DatabaseSync } from "node:sqlite";

/** Changes rows behind the host's back; at least one. @param statement SQL */
export function changeRows(file: string, statement: string): void {
  const database = new DatabaseSync(file);
  try {
    const { changes } = database.prepare(statement).run();
    if (changes === 0) throw new Error(`No row was changed by ${statement}`);
  } finally {
    database.close();
  }
}
