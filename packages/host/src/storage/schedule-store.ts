import type { DatabaseSync } from "node:sqlite";

import type { WorkerId } from "../ground/api/worker-id.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import { decodeValue, encodeValue } from "../ground/value-codec.ts";
import type { CallerInfo } from "../ground/api/caller-info.ts";
import type { Due } from "../ground/clock/host-clock.ts";
import type { Invocation } from "../ground/api/invocation.ts";
import { rowChecksum } from "./row-checksum.ts";
import { damage, type StorageError } from "../ground/storage-error.ts";
import { bytesOf, prepareStatements, type Statements } from "./statements.ts";

/** What is to happen at a time: the invocation of a worker, or the end of a worker's sleep. */
export type ScheduledAction =
  | {
      readonly type: "invoke";
      readonly workerId: WorkerId;
      readonly invocation: Invocation;
      readonly caller: CallerInfo;
    }
  | { readonly type: "wake"; readonly workerId: WorkerId };

export interface ScheduleEntry {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly action: ScheduledAction;
}

const SQL = {
  add: "insert into schedule (id, at, action, checksum) values (?, ?, ?, ?) on conflict (id) do nothing",
  due: "select id, at, action, checksum from schedule where at <= ? order by at limit ?",
  all: "select id, at, action, checksum from schedule",
  nextAfter: "select id, at, action, checksum from schedule where at > ? order by at limit 1",
  clear: "delete from schedule",
  delete: "delete from schedule where id = ?",
} as const;

/** The durable schedule of all workers. */
export class ScheduleStore {
  readonly #statements: Statements<keyof typeof SQL>;
  readonly #file: string;

  constructor(database: DatabaseSync, file: string) {
    this.#file = file;
    this.#statements = prepareStatements(database, file, SQL);
  }

  /** Nothing happens if the id is there already. */
  add(entry: ScheduleEntry): void {
    const { run, sql } = this.#statements;
    const columns = [entry.id, Math.ceil(entry.at), encodeValue(entry.action)] as const;
    run(() => sql.add.run(...columns, rowChecksum(...columns)));
  }

  /**
   * At most `limit` entries whose time has come, the earliest first. One that is not what was written never comes.
   *
   * @param at milliseconds since the epoch
   */
  due(at: number, limit: number): readonly ScheduleEntry[] {
    const { run, sql } = this.#statements;
    return run(() => sql.due.all(at, limit)).flatMap((row) => entryOf(row) ?? []);
  }

  /** What cannot be carried out because it is not what was written. */
  damage(): readonly StorageError[] {
    const { run, sql } = this.#statements;
    const damaged = run(() => sql.all.all()).filter((row) => entryOf(row) === undefined);
    return damaged.map((row) =>
      damage(
        this.#file,
        `what is scheduled as ${String(row["id"])} is not what was written, and will not happen`,
        "restore the file from a backup, or schedule it anew",
      ),
    );
  }

  /** The first that is due after that time. */
  nextAfter(at: number): Due | undefined {
    const { run, sql } = this.#statements;
    const next = run(() => sql.nextAfter.get(at));
    if (next === undefined) return undefined;
    const entry = entryOf(next);
    return { at: Number(next["at"]), worker: entry && workerIdText(entry.action.workerId) };
  }

  /** The ends of the sleeps of workers that are not in memory. */
  wakes(): readonly Due[] {
    const { run, sql } = this.#statements;
    const entries = run(() => sql.all.all()).flatMap((row) => entryOf(row) ?? []);
    const wakes = entries.filter(({ action }) => action.type === "wake");
    return wakes.map(({ at, action }) => ({ at, worker: workerIdText(action.workerId) }));
  }

  clear(): void {
    const { run, sql } = this.#statements;
    run(() => sql.clear.run());
  }

  /** True if it was still to come. */
  delete(id: string): boolean {
    const { run, sql } = this.#statements;
    return run(() => sql.delete.run(id)).changes > 0;
  }
}

/** `undefined` for one that is not what was written. */
function entryOf(row: Record<string, unknown>): ScheduleEntry | undefined {
  const id = String(row["id"]);
  const at = Number(row["at"]);
  const action = bytesOf(row["action"]);
  if (rowChecksum(id, at, action) !== row["checksum"]) return undefined;
  return { id, at, action: decodeValue(action) as ScheduledAction };
}
