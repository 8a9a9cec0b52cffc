import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { type CacheLimits, pruneCache } from "./prune-cache.ts";

export type CacheFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

const CHECKSUMS = "checksums.json";

/**
 * What builds keep of what does not change from one to the next, by keys that say all that it was made of. Several processes
 * may share a folder: an entry appears whole or not at all, and one that is damaged is as if it were not there. A folder
 * that cannot be written is no error: then nothing is kept.
 */
export class BuildCache {
  readonly dir: string;
  readonly #limits: CacheLimits;

  constructor(dir: string = defaultDir(), limits: CacheLimits = {}) {
    this.dir = dir;
    this.#limits = limits;
  }

  /** The files of an entry by their names. */
  async read(key: string): Promise<CacheFiles | undefined> {
    const folder = join(this.dir, key);
    try {
      const names = await readdir(folder);
      const files = new Map(
        await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
      );
      const checksums = files.get(CHECKSUMS);
      files.delete(CHECKSUMS);
      if (checksums?.toString() !== checksumsOf(files)) return undefined;
      const now = new Date();
      await utimes(folder, now, now).catch(() => {});
      return files;
    } catch {
      return undefined;
    }
  }

  /** Keeps an entry, and forgets others when there are too many. */
  async write(key: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const folder = join(this.dir, key);
    const partial = `${folder}.${crypto.randomUUID()}.part`;
    try {
      await mkdir(partial, { recursive: true });
      for (const [name, content] of files) await writeFile(join(partial, name), content);
      await writeFile(join(partial, CHECKSUMS), checksumsOf(files));
      // Another process may have been first: then its entry is replaced by the same one.
      await rm(folder, { recursive: true, force: true });
      await rename(partial, folder);
    } catch {
      await rm(partial, { recursive: true, force: true }).catch(() => {});
    }
    await pruneCache(this.dir, this.#limits);
  }
}

/** Beside the packages that this one is installed with, as tools of npm do: `node_modules/.cache/golem-kit/build`. */
function defaultDir(): string {
  const tool = fileURLToPath(import.meta.resolve("@bytecodealliance/componentize-js"));
  const modules = tool.slice(0, tool.lastIndexOf(`${sep}node_modules${sep}`));
  return join(modules, "node_modules", ".cache", "golem-kit", "build");
}

function checksumsOf(files: ReadonlyMap<string, Uint8Array>): string {
  const sums = [...files].map(([name, content]) => [name, crc32(content)] as const);
  return JSON.stringify(sums.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
