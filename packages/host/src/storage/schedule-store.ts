import type { DatabaseSync } from "node:sqlite";

import type { WorkerId } from "../api.ts";
import type { Invocation } from "../invocation.ts";
import { decodeValue, encodeValue } from "../oplog/entry-codec.ts";
import { bytesOf, prepareStatements, type Statements } from "./statements.ts";
import type { CallerInfo } from "../rpc/rpc-caller.ts";

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
  add: "insert into schedule (id, at, action) values (?, ?, ?) on conflict (id) do nothing",
  due: "select id, at, action from schedule where at <= ? order by at limit ?",
  nextAfter: "select min(at) as at from schedule where at > ?",
  clear: "delete from schedule",
  delete: "delete from schedule where id = ?",
} as const;

/** The durable schedule of all workers. */
export class ScheduleStore {
  readonly #statements: Statements<keyof typeof SQL>;

  constructor(database: DatabaseSync, file: string) {
    this.#statements = prepareStatements(database, file, SQL);
  }

  /** Nothing happens if the id is there already. */
  add(entry: ScheduleEntry): void {
    const { run, sql } = this.#statements;
    run(() => sql.add.run(entry.id, Math.ceil(entry.at), encodeValue(entry.action)));
  }

  /** At most `limit` entries whose time has come, the earliest first. @param at milliseconds since the epoch */
  due(at: number, limit: number): readonly ScheduleEntry[] {
    const { run, sql } = this.#statements;
    return run(() => sql.due.all(at, limit)).map((row) => ({
      id: String(row["id"]),
      at: Number(row["at"]),
      action: decodeValue(bytesOf(row["action"])) as ScheduledAction,
    }));
  }

  /** When the first entry after that time is due. */
  nextAfter(at: number): number | undefined {
    const { run, sql } = this.#statements;
    const next = run(() => sql.nextAfter.get(at))?.["at"];
    return typeof next === "number" ? next : undefined;
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
