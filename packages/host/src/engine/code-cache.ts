import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

import { fileError } from "../ground/storage-error.ts";

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

const CHECKSUMS = "checksums.json";

/**
 * Files that can be made again, by keys. Two processes may share a directory: an entry appears whole or not at all, and
 * one that is not what was written is as if it were not there.
 */
export class CodeCache {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Where the files of an entry are. */
  folder(key: string): string {
    return join(this.#dir, key);
  }

  /** The files of an entry by their names. */
  async read(key: string): Promise<Files | undefined> {
    try {
      const folder = this.folder(key);
      const names = await readdir(folder);
      const files = new Map(
        await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
      );
      const checksums = files.get(CHECKSUMS);
      files.delete(CHECKSUMS);
      return checksums?.toString() === checksumsOf(files) ? files : undefined;
    } catch {
      return undefined;
    }
  }

  /** @throws StorageError */
  async write(key: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const folder = this.folder(key);
    const partial = `${folder}.${crypto.randomUUID()}.part`;
    try {
      await mkdir(partial, { recursive: true });
      for (const [name, content] of files) await writeFile(join(partial, name), content);
      await writeFile(join(partial, CHECKSUMS), checksumsOf(files));
      // Another process may have been first.
      if ((await this.read(key)) !== undefined) return;
      await rm(folder, { recursive: true, force: true });
      await rename(partial, folder);
    } catch (error) {
      if (!existsSync(folder)) throw fileError(folder, error);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }
}

function checksumsOf(files: ReadonlyMap<string, Uint8Array>): string {
  const sums = [...files].map(([name, content]) => [name, crc32(content)] as const);
  return JSON.stringify(sums.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
