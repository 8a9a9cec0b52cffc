import { closeSync, fsyncSync, openSync } from "node:fs";

import { fileError } from "../ground/storage-error.ts";

/**
 * Makes the names in a folder survive a loss of power: those of files that were created or renamed in it. Windows does that
 * by itself, and lets nobody ask for it.
 *
 * @throws StorageError
 */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  try {
    const fd = openSync(folder, "r");
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw fileError(folder, cause);
  }
}
