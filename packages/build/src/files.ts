import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { BuildError } from "./build-error.ts";
import { displayPath } from "./display-path.ts";

/**
 * Replaces a file at once: nobody ever sees half of it. A file that already has the content is left alone.
 *
 * @throws BuildError `not-written`
 */
export async function writeFileIfChanged(path: string, content: string | Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(Buffer.from(content)) === true) return;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BuildError("not-written", `${displayPath(path)} cannot be written: ${reason}`, { cause });
  }
}

export interface SyncFolderOptions {
  /**
   * Whether a file that is there says the same as the one that would replace it, and may stay.
   * @default never, unless it is equal
   */
  readonly isSame?: (present: string, wanted: string) => boolean;
}

/**
 * Makes a folder hold just these files. What already has the right content is left alone, with its time of change.
 *
 * @param files contents by path inside the folder, with `/` between folders
 */
export async function syncFolder(
  dir: string,
  files: ReadonlyMap<string, string>,
  { isSame = () => false }: SyncFolderOptions = {},
): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const present = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const stale = present.filter((path) => !files.has(path.slice(dir.length + 1).replaceAll(sep, "/")));
  await Promise.all(stale.map((path) => rm(path)));
  await Promise.all(
    Array.from(files, async ([path, wanted]) => {
      const target = join(dir, path);
      const text = await readFile(target, "utf8").catch(() => undefined);
      if (text === undefined || !isSame(text, wanted)) await writeFileIfChanged(target, wanted);
    }),
  );
}
