import { existsSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { withFileErrors } from "../ground/storage-error.ts";
import { syncFolder } from "./sync-folder.ts";

/** Writes a file that is named by its content: one that is there is whole. It survives a loss of power. @throws StorageError */
export async function writeOnce(file: string, content: Uint8Array): Promise<void> {
  if (!existsSync(file)) await write(file, content);
  // Also of one that is there: who wrote it may have been killed before this.
  syncFolder(dirname(file));
}

async function write(file: string, content: Uint8Array): Promise<void> {
  const partial = `${file}.${crypto.randomUUID()}.part`;
  try {
    await withFileErrors(file, async () => {
      await writeFile(partial, content, { flush: true });
      await rename(partial, file);
    });
  } finally {
    await rm(partial, { force: true });
  }
}
