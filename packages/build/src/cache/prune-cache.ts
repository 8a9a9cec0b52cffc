import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

export interface CacheLimits {
  /**
   * Bytes that all entries together may have. What was not used for longest goes first.
   * @default 1 GiB
   */
  readonly maxBytes?: number;
  /**
   * Milliseconds after which an entry that nobody used is forgotten.
   * @default 30 days
   */
  readonly maxAge?: number;
  /**
   * Milliseconds for which an entry that was used is left alone, whatever the size: another process may have it open.
   * @default 1 minute
   */
  readonly spare?: number;
}

interface Entry {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
}

/**
 * Forgets what of a cache was not used for long, and what is too much. The entries are the files and folders in `dir`; each can
 * be made again. An entry was used when one of its files was read or written: file systems that do not note that a file is
 * read forget sooner. Several processes may do this at once.
 *
 * @returns how many bytes are left
 */
export async function pruneCache(
  dir: string,
  { maxBytes = 2 ** 30, maxAge = 30 * 86_400_000, spare = 60_000 }: CacheLimits = {},
): Promise<number> {
  const names = await readdir(dir).catch(() => []);
  const entries = await Promise.all(names.map((name) => entryAt(join(dir, name))));
  const newest = entries.flatMap((entry) => entry ?? []).toSorted((a, b) => b.lastUsed - a.lastUsed);
  const now = Date.now();
  let kept = 0;
  for (const { path, bytes, lastUsed } of newest) {
    const age = now - lastUsed;
    const goes = age > spare && (age > maxAge || kept + bytes > maxBytes);
    // Who still has it open on Windows keeps it until the next time.
    if (goes) await rm(path, { recursive: true, force: true }).catch(() => {});
    else kept += bytes;
  }
  return kept;
}

async function entryAt(path: string): Promise<Entry | undefined> {
  const own = await stat(path).catch(() => undefined);
  if (own === undefined) return undefined;
  const lastUsed = Math.max(own.mtimeMs, own.isDirectory() ? 0 : own.atimeMs);
  if (!own.isDirectory()) return { path, bytes: own.size, lastUsed };
  const files = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const stats = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map((file) => stat(join(file.parentPath, file.name)).catch(() => undefined)),
  );
  const found = stats.flatMap((each) => each ?? []);
  return {
    path,
    bytes: found.reduce((sum, { size }) => sum + size, 0),
    lastUsed: Math.max(lastUsed, ...found.map(({ atimeMs, mtimeMs }) => Math.max(atimeMs, mtimeMs))),
  };
}
