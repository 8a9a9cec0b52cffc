import type { DatabaseSync } from "node:sqlite";

import type { WorkerId, PromiseId } from "../ground/api/worker-id.ts";
import { rowChecksum } from "./row-checksum.ts";
import { damage, type StorageError } from "../ground/storage-error.ts";
import { prepareStatements, type Statements } from "./statements.ts";

const COLUMNS = "component_id, worker_name, oplog_index, data, completed_by, awaited, deleted, checksum";

const SQL = {
  put: `replace into promise (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)`,
  get: `select ${COLUMNS} from promise where component_id = ? and worker_name = ? and oplog_index = ?`,
  all: `select ${COLUMNS} from promise`,
  of: "select oplog_index from promise where component_id = ? and worker_name = ? and deleted = 0 order by oplog_index",
  clear: "delete from promise",
  deleteAll: "delete from promise where component_id = ? and worker_name = ?",
} as const;

export type PromiseState =
  | { readonly state: "unknown" }
  | { readonly state: "pending" }
  /** A deleted promise is none any more, but a replay passes again through what was done with it before. */
  | { readonly state: "completed" | "deleted"; readonly data: Uint8Array };

interface StoredPromise {
  readonly data: Uint8Array | null;
  readonly completedBy: string | null;
  /** The promise's worker sleeps until it is completed. */
  readonly awaited: boolean;
  readonly deleted: boolean;
}

const NEW: StoredPromise = { data: null, completedBy: null, awaited: false, deleted: false };

/** The durable promises of all workers. The first completion wins. Each method throws `StorageError` for a damaged one. */
export class PromiseStore {
  readonly #statements: Statements<keyof typeof SQL>;
  readonly #file: string;

  constructor(database: DatabaseSync, file: string) {
    this.#file = file;
    this.#statements = prepareStatements(database, file, SQL);
  }

  /** @param isNew whatever is there is of a process that died before it could record its promise */
  create(id: PromiseId, isNew: boolean): void {
    if (isNew) this.#put(id, NEW);
    else this.#change(id, (promise) => promise ?? NEW);
  }

  get(id: PromiseId): PromiseState {
    const promise = this.#find(id);
    if (promise === undefined) return { state: "unknown" };
    const { data, deleted } = promise;
    if (data === null) return { state: deleted ? "unknown" : "pending" };
    return { state: deleted ? "deleted" : "completed", data };
  }

  /** Notes that the promise's worker sleeps until it is completed. */
  await(id: PromiseId): void {
    this.#change(id, (promise) => promise && { ...promise, awaited: true });
  }

  isAwaited(id: PromiseId): boolean {
    return this.#find(id)?.awaited === true;
  }

  /** The worker's promises that were not deleted: their indexes, ascending. */
  of({ componentId, workerName }: WorkerId): readonly number[] {
    const { run, sql } = this.#statements;
    return run(() => sql.of.all(componentId, workerName)).map((row) => Number(row["oplog_index"]));
  }

  /**
   * Workers that waited for a promise which is now completed.
   *
   * @param onDamage is told of each promise that is not what was written
   */
  fulfilledWorkers(onDamage: (error: StorageError) => void): readonly WorkerId[] {
    const { run, sql } = this.#statements;
    const workers = new Map<string, WorkerId>();
    for (const row of run(() => sql.all.all())) {
      const { workerId } = idOf(row);
      const promise = promiseOf(row);
      if (promise === undefined) onDamage(this.#damaged(idOf(row)));
      else if (promise.awaited && !promise.deleted && promise.data !== null)
        workers.set(`${workerId.componentId}/${workerId.workerName}`, workerId);
    }
    return [...workers.values()];
  }

  /**
   * False if it was completed before or is unknown.
   *
   * @param by who completes it: asked again by the same, because the answer was lost, the answer is the same
   */
  complete(id: PromiseId, data: Uint8Array, by: string | null = null): boolean {
    const before = this.#change(id, (promise) =>
      promise?.data === null && !promise.deleted ? { ...promise, data, completedBy: by } : promise,
    );
    if (before === undefined) return false;
    return (before.data === null && !before.deleted) || (by !== null && before.completedBy === by);
  }

  delete(id: PromiseId): void {
    this.#change(id, (promise) => promise && { ...promise, deleted: true });
  }

  /** Deletes the promises of all workers. */
  clear(): void {
    const { run, sql } = this.#statements;
    run(() => sql.clear.run());
  }

  deleteAll(workerId: WorkerId): void {
    const { run, sql } = this.#statements;
    run(() => sql.deleteAll.run(workerId.componentId, workerId.workerName));
  }

  /** Returns what there was before. */
  #change(
    id: PromiseId,
    change: (promise: StoredPromise | undefined) => StoredPromise | undefined,
  ): StoredPromise | undefined {
    return this.#statements.transaction(() => {
      const before = this.#find(id);
      const after = change(before);
      if (after !== undefined && after !== before) this.#put(id, after);
      return before;
    });
  }

  #find(id: PromiseId): StoredPromise | undefined {
    const { run, sql } = this.#statements;
    const row = run(() => sql.get.get(...key(id)));
    if (row === undefined) return undefined;
    const promise = promiseOf(row);
    if (promise === undefined) throw this.#damaged(id);
    return promise;
  }

  #put(id: PromiseId, promise: StoredPromise): void {
    const { run, sql } = this.#statements;
    const columns = columnsOf(id, promise);
    run(() => sql.put.run(...columns, rowChecksum(...columns)));
  }

  #damaged({ workerId, oplogIdx }: PromiseId): StorageError {
    return damage(
      this.#file,
      `the promise ${oplogIdx} of the worker ${workerId.workerName} is not what was written`,
      "restore the file from a backup, or delete the worker",
    );
  }
}

function key(id: PromiseId): [string, string, number] {
  return [id.workerId.componentId, id.workerId.workerName, id.oplogIdx];
}

function columnsOf(id: PromiseId, { data, completedBy, awaited, deleted }: StoredPromise) {
  return [...key(id), data, completedBy, awaited ? 1 : 0, deleted ? 1 : 0] as const;
}

function idOf(row: Record<string, unknown>): PromiseId {
  return {
    workerId: { componentId: String(row["component_id"]), workerName: String(row["worker_name"]) },
    oplogIdx: Number(row["oplog_index"]),
  };
}

/** `undefined` for one that is not what was written. */
function promiseOf(row: Record<string, unknown>): StoredPromise | undefined {
  const { data, completed_by: completedBy } = row;
  const promise = {
    data: data instanceof Uint8Array ? data : null,
    completedBy: typeof completedBy === "string" ? completedBy : null,
    awaited: row["awaited"] === 1,
    deleted: row["deleted"] === 1,
  };
  return rowChecksum(...columnsOf(idOf(row), promise)) === row["checksum"] ? promise : undefined;
}
