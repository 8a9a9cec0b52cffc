import type { DatabaseSync } from "node:sqlite";

import type { CallId } from "../ground/api/call-id.ts";
import { rowChecksum } from "./row-checksum.ts";
import { damage } from "../ground/storage-error.ts";
import { bytesOf, prepareStatements, type Statements } from "./statements.ts";

const OBJECT = "container, name, size, created_at, file, checksums, checksum";

const SQL = {
  createContainer:
    "insert into container (name, created_at, checksum) values (?, ?, ?) on conflict do nothing",
  container: "select name, created_at, checksum from container where name = ?",
  containers: "select name from container order by name",
  deleteContainer: "delete from container where name = ?",
  object: `select ${OBJECT} from object where container = ? and name = ?`,
  put: `insert into object (${OBJECT}) values (?, ?, ?, ?, ?, ?, ?)
    on conflict (container, name) do update set size = excluded.size, created_at = excluded.created_at,
      file = excluded.file, checksums = excluded.checksums, checksum = excluded.checksum`,
  delete: "delete from object where container = ? and name = ?",
  objects: "select name from object where container = ? order by name",
  objectsOf: `select ${OBJECT} from object where container = ?`,
  all: `select ${OBJECT} from object`,
  empty: "delete from object where container = ?",
  lastMove: "select by, checksum from move where worker = ?",
  noteMove: "replace into move (worker, by, checksum) values (?, ?, ?)",
  forgetMoves: "delete from move where worker = ?",
  clearMoves: "delete from move",
} as const;

/** Where an object is. */
export type ObjectPlace = readonly [container: string, name: string];

/** What came of moving an object. */
export type Move =
  /** `replaced`: the file that the target had before, if it is known. */
  | { readonly type: "moved"; readonly replaced: string | undefined }
  | { readonly type: "no container" | "no object" };

export interface ContainerInfo {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface ObjectInfo {
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface StoredObject extends ObjectInfo {
  /** The name of the file with the content. */
  readonly file: string;
  /** Of each block of the content. */
  readonly checksums: Uint8Array;
}

/** Which containers and objects there are, and which file is which object. */
export class BlobIndex {
  readonly #statements: Statements<keyof typeof SQL>;
  readonly #file: string;

  constructor(database: DatabaseSync, file: string) {
    this.#file = file;
    this.#statements = prepareStatements(database, file, SQL);
  }

  /** Nothing happens if it exists. */
  createContainer({ name, createdAt }: ContainerInfo): void {
    const { run, sql } = this.#statements;
    run(() => sql.createContainer.run(name, createdAt, rowChecksum(name, createdAt)));
  }

  /** @throws StorageError if it is not what was written */
  container(name: string): ContainerInfo | undefined {
    const { run, sql } = this.#statements;
    const row = run(() => sql.container.get(name));
    if (row === undefined) return undefined;
    const createdAt = Number(row["created_at"]);
    if (rowChecksum(name, createdAt) === row["checksum"]) return { name, createdAt };
    throw damage(
      this.#file,
      `the container ${name} is not what was written`,
      "restore the file from a backup, or delete the container",
    );
  }

  containers(): string[] {
    const { run, sql } = this.#statements;
    return run(() => sql.containers.all()).map((row) => String(row["name"]));
  }

  deleteContainer(name: string): void {
    const { run, sql } = this.#statements;
    run(() => sql.deleteContainer.run(name));
  }

  /** @throws StorageError if it is not what was written */
  find(container: string, name: string): StoredObject | undefined {
    const { run, sql } = this.#statements;
    const row = run(() => sql.object.get(container, name));
    if (row === undefined) return undefined;
    const object = objectOf(row);
    if (object !== undefined) return object;
    throw damage(
      this.#file,
      `what is known of the object ${name} in the container ${container} is not what was written`,
      "restore the file from a backup, or write the object anew",
    );
  }

  /** Returns the file that the object had before, if it is known. */
  put(container: string, name: string, object: StoredObject): string | undefined {
    const { transaction, sql } = this.#statements;
    const columns = columnsOf(container, name, object);
    return transaction(() => {
      const replaced = sql.object.get(container, name);
      sql.put.run(...columns, rowChecksum(...columns));
      return replaced && objectOf(replaced)?.file;
    });
  }

  /**
   * Makes an object another one, in one step. Made again by the same worker as the same call, it changes nothing.
   *
   * @param createdAt milliseconds since the epoch
   */
  move(source: ObjectPlace, target: ObjectPlace, createdAt: number, worker: string, by: CallId): Move {
    const { transaction, sql } = this.#statements;
    return transaction((): Move => {
      if (this.#lastMove(worker) === by) return { type: "moved", replaced: undefined };
      if (this.container(target[0]) === undefined) return { type: "no container" };
      const object = this.find(...source);
      if (object === undefined) return { type: "no object" };
      const previous = sql.object.get(...target);
      const replaced = previous && objectOf(previous)?.file;
      const columns = columnsOf(...target, { ...object, createdAt });
      sql.put.run(...columns, rowChecksum(...columns));
      sql.noteMove.run(worker, by, rowChecksum(worker, by));
      if (source[0] === target[0] && source[1] === target[1]) return { type: "moved", replaced: undefined };
      sql.delete.run(...source);
      return { type: "moved", replaced };
    });
  }

  /** A worker is gone: another one of its name has moved nothing. */
  forgetMoves(worker: string): void {
    const { run, sql } = this.#statements;
    run(() => sql.forgetMoves.run(worker));
  }

  clearMoves(): void {
    const { run, sql } = this.#statements;
    run(() => sql.clearMoves.run());
  }

  /** @throws StorageError if it is not what was written */
  #lastMove(worker: string): CallId | undefined {
    const row = this.#statements.sql.lastMove.get(worker);
    if (row === undefined) return undefined;
    const by = String(row["by"]);
    if (rowChecksum(worker, by) === row["checksum"]) return by;
    throw damage(
      this.#file,
      `what the worker ${worker} has moved is not what was written`,
      "restore the file from a backup, or delete the worker",
    );
  }

  /** Returns the files that the objects had, as far as they are known. */
  delete(container: string, names: readonly string[]): readonly string[] {
    const { transaction, sql } = this.#statements;
    return transaction(() => {
      const found = names.map((name) => sql.object.get(container, name));
      for (const name of names) sql.delete.run(container, name);
      return found.flatMap((row) => (row && objectOf(row)?.file) ?? []);
    });
  }

  /** Names of the objects in order of first creation. */
  objects(container: string): string[] {
    const { run, sql } = this.#statements;
    return run(() => sql.objects.all(container)).map((row) => String(row["name"]));
  }

  /** Deletes the objects of a container. Returns the files that they had, as far as they are known. */
  empty(container: string): readonly string[] {
    const { transaction, sql } = this.#statements;
    return transaction(() => {
      const found = sql.objectsOf.all(container);
      sql.empty.run(container);
      return found.flatMap((row) => objectOf(row)?.file ?? []);
    });
  }

  /** Every file of an object; `undefined` if that is not known, because an object is not what was written. */
  files(): ReadonlySet<string> | undefined {
    const { run, sql } = this.#statements;
    const objects = run(() => sql.all.all()).map(objectOf);
    const known = objects.filter((object) => object !== undefined);
    return known.length < objects.length ? undefined : new Set(known.map(({ file }) => file));
  }
}

function columnsOf(container: string, name: string, { size, createdAt, file, checksums }: StoredObject) {
  return [container, name, size, createdAt, file, checksums] as const;
}

/** `undefined` for one that is not what was written. */
function objectOf(row: Record<string, unknown>): StoredObject | undefined {
  const object = {
    size: Number(row["size"]),
    createdAt: Number(row["created_at"]),
    file: String(row["file"]),
    checksums: bytesOf(row["checksums"]),
  };
  const columns = columnsOf(String(row["container"]), String(row["name"]), object);
  return rowChecksum(...columns) === row["checksum"] ? object : undefined;
}
