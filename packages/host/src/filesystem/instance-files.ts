import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { Component } from "../ground/api/components.ts";
import { assertContent } from "../storage/content-file.ts";
import { fileError } from "../ground/storage-error.ts";
import { storedFiles } from "./initial-files.ts";
import { WorkerFiles } from "./worker-files.ts";

/** Gives each instance of one shard its file system. */
export class InstanceFiles {
  readonly #folder: string;
  readonly #contents: string;
  /** Keys of the contents that were found whole: each is looked at once. */
  readonly #whole = new Set<string>();

  /**
   * @param folder for this shard alone; what a thread that died has left there is removed
   * @param contents where the contents of initial files are kept, by their key
   */
  constructor(folder: string, contents: string) {
    this.#folder = folder;
    this.#contents = contents;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /** @throws StorageError if an initial file is not what was uploaded */
  of(component: Component): WorkerFiles {
    for (const { key, path } of component.files) this.#assertWhole(key, path);
    return new WorkerFiles(join(this.#folder, crypto.randomUUID()), storedFiles(component, this.#contents));
  }

  #assertWhole(key: string, path: string): void {
    if (this.#whole.has(key)) return;
    const file = join(this.#contents, key);
    assertContent(read(file), key, file, `the initial file ${path}`);
    this.#whole.add(key);
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw fileError(file, cause);
  }
}
