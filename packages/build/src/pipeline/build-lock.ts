import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { BuildError } from "../build-error.ts";
import { displayPath } from "../display-path.ts";

/** Milliseconds between two looks. */
const PAUSE = 50;

/** How long another build may take, in milliseconds. */
const PATIENCE = 10 * 60_000;

/** What SQLite answers when somebody else has the lock. */
const SQLITE_BUSY = 5;

/**
 * Waits until nobody else builds what this file stands for, in this process or another one. The lock ends with its process,
 * however that ends.
 *
 * @throws BuildError `not-written` if the file cannot be written, or another build takes longer than ten minutes
 */
export async function lockBuild(path: string): Promise<Disposable> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const lock = await tryLock(path, performance.now() > end);
    if (lock !== undefined) return lock;
    await delay(PAUSE);
  }
}

async function tryLock(path: string, last: boolean): Promise<Disposable | undefined> {
  let database: DatabaseSync | undefined;
  try {
    await mkdir(dirname(path), { recursive: true });
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec("begin exclusive");
    return database;
  } catch (cause) {
    database?.close();
    const busy = cause instanceof Error && "errcode" in cause && cause.errcode === SQLITE_BUSY;
    if (busy && !last) return undefined;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BuildError("not-written", `${displayPath(path)} cannot be locked: ${reason}`, {
      ...(busy && { hint: "Another build of this component does not come to an end: stop it." }),
      cause,
    });
  }
}
