import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type OplogFile, printOplogFile } from "./oplog-file.ts";

/** Writes an oplog to a file. Folders that lead there and are missing are made. */
export async function writeOplogFile(path: string, oplog: OplogFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, printOplogFile(oplog));
}
