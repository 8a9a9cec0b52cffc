import type { DatabaseSync } from "node:sqlite";

import type { WorkerId } from "../api.ts";
import type { PromiseId } from "../golem-error.ts";
import { bytesOf, prepareStatements, type Statements } from "./statements.ts";

const SQL = {
  create:
    "insert into promise (component_id, worker_name, oplog_index) values (?, ?, ?) on conflict do nothing",
  replace: "replace into promise (component_id, worker_name, oplog_index) values (?, ?, ?)",
  await: "update promise set awaited = 1 where component_id = ? and worker_name = ? and oplog_index = ?",
  awaited: `select awaited from promise where component_id = ? and worker_name = ? and oplog_index = ?`,
  fulfilled:
    "select distinct component_id, worker_name from promise where awaited = 1 and data is not null and deleted = 0",
  get: "select data, deleted from promise where component_id = ? and worker_name = ? and oplog_index = ?",
  complete:
    "update promise set data = ?, completed_by = ? where component_id = ? and worker_name = ? and oplog_index = ? and data is null and deleted = 0",
  completer:
    "select completed_by from promise where component_id = ? and worker_name = ? and oplog_index = ?",
  delete: "update promise set deleted = 1 where component_id = ? and worker_name = ? and oplog_index = ?",
  clear: "delete from promise",
  deleteAll: "delete from promise where component_id = ? and worker_name = ?",
} as const;

export type PromiseState =
  | { readonly state: "unknown" }
  | { readonly state: "pending" }
  /** A deleted promise is none any more, but a replay passes again through what was done with it before. */
  | { readonly state: "completed" | "deleted"; readonly data: Uint8Array };

/** The durable promises of all workers. The first completion wins. */
export class PromiseStore {
  readonly #statements: Statements<keyof typeof SQL>;

  constructor(database: DatabaseSync, file: string) {
    this.#statements = prepareStatements(database, file, SQL);
  }

  /** @param isNew whatever is there is of a process that died before it could record its promise */
  create(id: PromiseId, isNew: boolean): void {
    const { run, sql } = this.#statements;
    run(() => (isNew ? sql.replace : sql.create).run(...key(id)));
  }

  get(id: PromiseId): PromiseState {
    const { run, sql } = this.#statements;
    const row = run(() => sql.get.get(...key(id)));
    if (row === undefined) return { state: "unknown" };
    const isDeleted = row["deleted"] === 1;
    if (row["data"] === null) return { state: isDeleted ? "unknown" : "pending" };
    return { state: isDeleted ? "deleted" : "completed", data: bytesOf(row["data"]) };
  }

  /** Notes that the promise's worker sleeps until it is completed. */
  await(id: PromiseId): void {
    const { run, sql } = this.#statements;
    run(() => sql.await.run(...key(id)));
  }

  isAwaited(id: PromiseId): boolean {
    const { run, sql } = this.#statements;
    return run(() => sql.awaited.get(...key(id)))?.["awaited"] === 1;
  }

  /** Workers that waited for a promise which is now completed. */
  fulfilledWorkers(): readonly WorkerId[] {
    const { run, sql } = this.#statements;
    return run(() => sql.fulfilled.all()).map((row) => ({
      componentId: String(row["component_id"]),
      workerName: String(row["worker_name"]),
    }));
  }

  /**
   * False if it was completed before or is unknown.
   *
   * @param by who completes it: asked again by the same, because the answer was lost, the answer is the same
   */
  complete(id: PromiseId, data: Uint8Array, by: string | null = null): boolean {
    const { run, sql } = this.#statements;
    if (run(() => sql.complete.run(data, by, ...key(id))).changes > 0) return true;
    return by !== null && run(() => sql.completer.get(...key(id)))?.["completed_by"] === by;
  }

  delete(id: PromiseId): void {
    const { run, sql } = this.#statements;
    run(() => sql.delete.run(...key(id)));
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
}

function key(id: PromiseId): [string, string, number] {
  return [id.workerId.componentId, id.workerId.workerName, id.oplogIdx];
}
