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

import type { WorkerId } from "../ground/api/worker-id.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import type { CallId } from "../ground/api/call-id.ts";
import {
  BlobIndex,
  type ContainerInfo,
  type Move,
  type ObjectInfo,
  type ObjectPlace,
  type StoredObject,
} from "./blob-index.ts";
import { areBlocksWhole, BLOCK_SIZE, blockChecksums } from "./block-checksums.ts";
import { damage, fileError } from "../ground/storage-error.ts";
import type { Synchronous } from "./sqlite.ts";
import { syncFolder } from "./sync-folder.ts";

/**
 * The blob store that all workers share. Contents are files of their own, never changed once written; the database says
 * which file is which object, so that a reader sees the old content or the new one, never a torn one.
 */
export class BlobStore {
  readonly #index: BlobIndex;
  readonly #folder: string;
  readonly #synchronous: Synchronous;

  constructor(database: DatabaseSync, file: string, folder: string, synchronous: Synchronous) {
    this.#index = new BlobIndex(database, file);
    this.#folder = folder;
    this.#synchronous = synchronous;
  }

  /** Nothing happens if it exists. @param createdAt milliseconds since the epoch */
  createContainer(name: string, createdAt: number): ContainerInfo {
    this.#index.createContainer({ name, createdAt });
    return this.container(name) ?? { name, createdAt };
  }

  /** @throws StorageError if it is not what was written */
  container(name: string): ContainerInfo | undefined {
    return this.#index.container(name);
  }

  deleteContainer(name: string): void {
    this.#removeObjects(name);
    this.#index.deleteContainer(name);
  }

  /** @throws StorageError if what is known of it is not what was written */
  info(container: string, name: string): ObjectInfo | undefined {
    return this.#index.find(container, name);
  }

  /**
   * Bytes `start` up to, not including, `end`; fewer where the object ends before. `undefined` if there is no object.
   *
   * @throws StorageError if they are not what was written
   */
  read(container: string, name: string, start: number, end: number): Uint8Array | undefined {
    let found = this.#index.find(container, name);
    for (;;) {
      if (found === undefined) return undefined;
      try {
        return this.#readPart(`${name} in the container ${container}`, found, start, end);
      } catch (error) {
        // Another worker has replaced the object after it was found: what it has written is there.
        const now = this.#index.find(container, name);
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
    const file = crypto.randomUUID();
    const path = join(this.#folder, file);
    this.#withFileErrors(path, () => {
      writeFileSync(`${path}.part`, content, { flush: true });
      renameSync(`${path}.part`, path);
    });
    if (this.#synchronous === "full") syncFolder(this.#folder);
    const object = { size: content.length, createdAt, file, checksums: blockChecksums(content) };
    const previous = this.#index.put(container, name, object);
    if (previous !== undefined) this.#remove(previous);
  }

  copy(source: ObjectPlace, target: ObjectPlace, createdAt: number): boolean {
    const content = this.read(...source, 0, Number.MAX_SAFE_INTEGER);
    if (content === undefined) return false;
    this.write(...target, content, createdAt);
    return true;
  }

  /** Made again by the same worker as the same call, it changes nothing. @param createdAt milliseconds since the epoch */
  move(
    source: ObjectPlace,
    target: ObjectPlace,
    createdAt: number,
    worker: WorkerId,
    by: CallId,
  ): Move["type"] {
    const move = this.#index.move(source, target, createdAt, workerIdText(worker), by);
    if (move.type === "moved" && move.replaced !== undefined) this.#remove(move.replaced);
    return move.type;
  }

  /** A worker is gone: another one of its name has moved nothing. */
  forgetMoves(worker: WorkerId): void {
    this.#index.forgetMoves(workerIdText(worker));
  }

  delete(container: string, names: readonly string[]): void {
    for (const file of this.#index.delete(container, names)) this.#remove(file);
  }

  /** Names of the objects in the order of their bytes, as Golem lists them. */
  objects(container: string): string[] {
    return this.#index.objects(container);
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
    return new Map(this.#index.containers().map((name) => [name, contentsOf(name)]));
  }

  /** Deletes every container. */
  clear(): void {
    for (const name of this.#index.containers()) this.deleteContainer(name);
    this.#index.clearMoves();
  }

  /** Deletes the objects of a container. */
  empty(container: string): void {
    this.#removeObjects(container);
  }

  #removeObjects(container: string): void {
    for (const file of this.#index.empty(container)) this.#remove(file);
  }

  /** Removes files that no object has: a process that was killed has left them. Only while nobody writes. */
  removeLeftovers(): void {
    const known = this.#index.files();
    if (known === undefined) return;
    const present = this.#withFileErrors(this.#folder, () => readdirSync(this.#folder));
    for (const file of present) if (!known.has(file)) this.#remove(file);
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
