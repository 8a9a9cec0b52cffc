import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";

import { areBlocksWhole, BLOCK_SIZE, blockChecksums } from "./block-checksums.ts";
import { damage, fileError } from "./storage-error.ts";
import { bytesOf, prepareStatements, type Statements } from "./statements.ts";

const SQL = {
  createContainer: "insert into container (name, created_at) values (?, ?) on conflict do nothing",
  container: "select name, created_at from container where name = ?",
  containers: "select name from container order by name",
  deleteContainer: "delete from container where name = ?",
  object: "select size, created_at, file, checksums from object where container = ? and name = ?",
  putObject: `insert into object (container, name, size, created_at, file, checksums) values (?, ?, ?, ?, ?, ?)
    on conflict (container, name) do update set size = excluded.size, created_at = excluded.created_at,
      file = excluded.file, checksums = excluded.checksums`,
  deleteObject: "delete from object where container = ? and name = ?",
  objects: "select name from object where container = ? order by sequence",
  files: "select file from object where container = ?",
  allFiles: "select file from object",
  emptyContainer: "delete from object where container = ?",
} as const;

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

interface StoredObject extends ObjectInfo {
  readonly file: string;
  readonly checksums: Uint8Array;
}

/**
 * The blob store that all workers share. Contents are files of their own, never changed once written; the database says
 * which file is which object, so that a reader sees the old content or the new one, never a torn one.
 */
export class BlobStore {
  readonly #statements: Statements<keyof typeof SQL>;
  readonly #folder: string;

  constructor(database: DatabaseSync, file: string, folder: string) {
    this.#statements = prepareStatements(database, file, SQL);
    this.#folder = folder;
  }

  /** Nothing happens if it exists. @param createdAt milliseconds since the epoch */
  createContainer(name: string, createdAt: number): ContainerInfo {
    const { run, sql } = this.#statements;
    run(() => sql.createContainer.run(name, createdAt));
    return this.container(name) ?? { name, createdAt };
  }

  container(name: string): ContainerInfo | undefined {
    const { run, sql } = this.#statements;
    const row = run(() => sql.container.get(name));
    return row === undefined ? undefined : { name, createdAt: Number(row["created_at"]) };
  }

  deleteContainer(name: string): void {
    const { run, sql } = this.#statements;
    this.empty(name);
    run(() => sql.deleteContainer.run(name));
  }

  info(container: string, name: string): ObjectInfo | undefined {
    return this.#find(container, name);
  }

  /**
   * Bytes `start` up to, not including, `end`; fewer where the object ends before. `undefined` if there is no object.
   *
   * @throws StorageError if they are not what was written
   */
  read(container: string, name: string, start: number, end: number): Uint8Array | undefined {
    let found = this.#find(container, name);
    for (;;) {
      if (found === undefined) return undefined;
      try {
        return this.#readPart(`${name} in the container ${container}`, found, start, end);
      } catch (error) {
        // Another worker has replaced the object after it was found: what it has written is there.
        const now = this.#find(container, name);
        if (now?.file === found.file) throw error;
        found = now;
      }
    }
  }

  #readPart(what: string, stored: StoredObject, start: number, end: number): Uint8Array {
    const file = join(this.#folder, stored.file);
    const stop = Math.min(end, stored.size);
    if (start >= stop) return new Uint8Array();
    const firstBlock = Math.floor(start / BLOCK_SIZE);
    const from = firstBlock * BLOCK_SIZE;
    const to = Math.min(Math.ceil(stop / BLOCK_SIZE) * BLOCK_SIZE, stored.size);
    const blocks = this.#withFileErrors(file, () => {
      const handle = openSync(file, "r");
      try {
        return fstatSync(handle).size === stored.size ? readBytes(handle, from, to - from) : undefined;
      } finally {
        closeSync(handle);
      }
    });
    if (blocks !== undefined && areBlocksWhole(blocks, firstBlock, stored.checksums))
      return blocks.subarray(start - from, stop - from);
    throw damage(
      file,
      `the object ${what} is not what was written`,
      "restore the file from a backup, or write the object anew",
    );
  }

  /** Replaces the whole object. @param createdAt milliseconds since the epoch */
  write(container: string, name: string, content: Uint8Array, createdAt: number): void {
    const { transaction, sql } = this.#statements;
    const file = crypto.randomUUID();
    const path = join(this.#folder, file);
    this.#withFileErrors(path, () => {
      writeFileSync(`${path}.part`, content, { flush: true });
      renameSync(`${path}.part`, path);
    });
    const checksums = blockChecksums(content);
    const previous = transaction(() => {
      const replaced = sql.object.get(container, name);
      sql.putObject.run(container, name, content.length, createdAt, file, checksums);
      return replaced;
    });
    if (previous !== undefined) this.#remove(String(previous["file"]));
  }

  copy(
    source: readonly [container: string, name: string],
    target: readonly [container: string, name: string],
    createdAt: number,
  ): boolean {
    const content = this.read(...source, 0, Number.MAX_SAFE_INTEGER);
    if (content === undefined) return false;
    this.write(...target, content, createdAt);
    return true;
  }

  delete(container: string, names: readonly string[]): void {
    const { transaction, sql } = this.#statements;
    const found = names.map((name) => this.#find(container, name));
    transaction(() => {
      for (const name of names) sql.deleteObject.run(container, name);
    });
    for (const object of found) if (object !== undefined) this.#remove(object.file);
  }

  /** Names of the objects in order of first creation. */
  objects(container: string): string[] {
    const { run, sql } = this.#statements;
    return run(() => sql.objects.all(container)).map((row) => String(row["name"]));
  }

  /** Every object of every container, by their names. */
  contents(): ReadonlyMap<string, ReadonlyMap<string, Uint8Array>> {
    const contentsOf = (container: string): ReadonlyMap<string, Uint8Array> =>
      new Map(
        this.objects(container).map((name) => [
          name,
          this.read(container, name, 0, Number.MAX_SAFE_INTEGER) ?? new Uint8Array(),
        ]),
      );
    return new Map(this.#containers().map((name) => [name, contentsOf(name)]));
  }

  /** Deletes every container. */
  clear(): void {
    for (const name of this.#containers()) this.deleteContainer(name);
  }

  /** Deletes the objects of a container. */
  empty(container: string): void {
    const { run, transaction, sql } = this.#statements;
    const files = run(() => sql.files.all(container));
    transaction(() => sql.emptyContainer.run(container));
    for (const row of files) this.#remove(String(row["file"]));
  }

  /** Removes files that no object has: a process that was killed has left them. Only while nobody writes. */
  removeLeftovers(): void {
    const { run, sql } = this.#statements;
    const known = new Set(run(() => sql.allFiles.all()).map((row) => String(row["file"])));
    const present = this.#withFileErrors(this.#folder, () => readdirSync(this.#folder));
    for (const file of present) if (!known.has(file)) this.#remove(file);
  }

  #containers(): string[] {
    const { run, sql } = this.#statements;
    return run(() => sql.containers.all()).map((row) => String(row["name"]));
  }

  #find(container: string, name: string): StoredObject | undefined {
    const { run, sql } = this.#statements;
    const row = run(() => sql.object.get(container, name));
    if (row === undefined) return undefined;
    return {
      size: Number(row["size"]),
      createdAt: Number(row["created_at"]),
      file: String(row["file"]),
      checksums: bytesOf(row["checksums"]),
    };
  }

  #remove(file: string): void {
    rmSync(join(this.#folder, file), { force: true });
  }

  #withFileErrors<T>(file: string, action: () => T): T {
    try {
      return action();
    } catch (cause) {
      throw fileError(file, cause);
    }
  }
}

/** Fewer if the file ends before. */
function readBytes(handle: number, from: number, length: number): Uint8Array {
  const content = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(handle, content, filled, length - filled, from + filled);
    if (count === 0) break;
    filled += count;
  }
  return content.subarray(0, filled);
}
