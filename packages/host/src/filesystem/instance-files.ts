import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { Component } from "../api.ts";
import { storedFiles } from "./initial-files.ts";
import { WorkerFiles } from "./worker-files.ts";

/** Gives each instance of one shard its file system. */
export class InstanceFiles {
  readonly #folder: string;
  readonly #contents: string;

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

  of(component: Component): WorkerFiles {
    return new WorkerFiles(join(this.#folder, crypto.randomUUID()), storedFiles(component, this.#contents));
  }
}
