import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type OplogFile, parseOplogFile, printOplogFile } from "@golem-kit/host";

/** Writes an oplog to a file. Folders that lead there and are missing are made. */
export async function writeOplogFile(path: string, oplog: OplogFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, printOplogFile(oplog));
}

/**
 * Reads an oplog file, and does something with it.
 *
 * @throws Error that begins with the file's whole path, also for what `use` throws
 */
export async function withOplogFile<T>(path: string, use: (oplog: OplogFile) => Promise<T>): Promise<T> {
  const file = resolve(path);
  try {
    return await use(parseOplogFile(await readFile(file, "utf8")));
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const reason = error instanceof Error ? error.message : String(error);
    const problem = isMissing
      ? `There is no oplog file ${file}. Paths are relative to the directory of the test run, ${process.cwd()}`
      : `${file} cannot be replayed: ${reason}`;
    throw new Error(
      `${problem}.\nWhat to do: record it, by \`await worker.saveOplog(path)\` in a test, or from a server by ` +
        "`golem-kit oplog --save <file> <component> <worker>`.",
      { cause: error },
    );
  }
}
