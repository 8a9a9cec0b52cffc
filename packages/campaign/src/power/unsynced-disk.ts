import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DiskEvent } from "./disk-event.ts";
import { PagedFile } from "./paged-file.ts";

/** What a disk keeps of what was not flushed when the power is lost. */
export type Keeps =
  /** Nothing at all. */
  | "nothing"
  /** Any of the pages and of the first changes of folders, as it came to them. */
  | "anything";

type Names = Map<string, PagedFile>;

/** A change of a folder's names. */
interface Change {
  readonly folder: string;
  readonly apply: (names: Names) => void;
}

/**
 * The disk under a data directory, as a process changes it. A flush of a file keeps its content, that of a folder the names
 * in it: less than most file systems promise.
 */
export class UnsyncedDisk {
  /** Files by path, as the process sees them. */
  readonly #names: Names = new Map();
  /** Changes of folders that were not flushed, in order. */
  #changes: Change[] = [];
  /** Files by path, as the disk has them. */
  readonly #syncedNames: Names = new Map();

  apply(event: DiskEvent): void {
    switch (event.type) {
      case "create":
        this.#create(event.path);
        break;
      case "truncate":
        this.#create(event.path);
        this.#names.get(event.path)?.resize(0);
        break;
      case "resize":
        this.#names.get(event.path)?.resize(event.size);
        break;
      case "write":
        // One that was unlinked is nowhere any more.
        this.#names.get(event.path)?.write(event.data, event.at);
        break;
      case "sync":
        this.#sync(event.path);
        break;
      case "unlink":
        this.#change(event.path, (names) => names.delete(event.path));
        break;
      case "rename": {
        const content = this.#names.get(event.path);
        if (content === undefined) break;
        this.#change(event.to, (names) => {
          names.delete(event.path);
          names.set(event.to, content);
        });
        break;
      }
      case "failed-sync":
      case "make-folder":
      case "send":
        break;
    }
  }

  /**
   * Writes what is left when the power is lost now.
   *
   * @param random a number from 0 to 1
   */
  restore(root: string, keeps: Keeps, random: () => number): void {
    for (const [path, content] of this.#left(keeps, random)) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, keeps === "nothing" ? content.synced : content.anyOf(random));
    }
  }

  #left(keeps: Keeps, random: () => number): Names {
    const names = new Map(this.#syncedNames);
    if (keeps === "nothing") return names;
    // Of each folder the first changes, up to one of them.
    const folders = Map.groupBy(this.#changes, ({ folder }) => folder);
    for (const changes of folders.values())
      for (const { apply } of changes.slice(0, Math.round(random() * changes.length))) apply(names);
    return names;
  }

  #create(path: string): void {
    if (this.#names.has(path)) return;
    const content = new PagedFile();
    this.#change(path, (names) => names.set(path, content));
  }

  #change(path: string, apply: Change["apply"]): void {
    apply(this.#names);
    this.#changes.push({ folder: dirname(path), apply });
  }

  #sync(path: string): void {
    const content = this.#names.get(path);
    if (content !== undefined) {
      content.sync();
      return;
    }
    for (const { folder, apply } of this.#changes) if (folder === path) apply(this.#syncedNames);
    this.#changes = this.#changes.filter(({ folder }) => folder !== path);
  }
}
