import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { withStorageErrors } from "../ground/storage-error.ts";

/** Where something of one worker is kept that its oplog says too: it may be lost at any time. */
export class DerivedFile {
  readonly #path: string;

  /** @param path of a file, whose folder need not exist yet */
  constructor(path: string) {
    this.#path = path;
  }

  /** @returns `undefined` if there is none, or it cannot be read */
  read(): Uint8Array | undefined {
    try {
      return readFileSync(this.#path);
    } catch {
      return undefined;
    }
  }

  /** The one before is there until this one is whole. @throws StorageError */
  write(content: Uint8Array): void {
    const partial = `${this.#path}.part`;
    withStorageErrors(this.#path, () => {
      try {
        mkdirSync(dirname(this.#path), { recursive: true });
        writeFileSync(partial, content);
        renameSync(partial, this.#path);
      } catch (error) {
        rmSync(partial, { force: true });
        throw error;
      }
    });
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}
