import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type OplogFile, parseOplogFile } from "@golem-kit/host";

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
