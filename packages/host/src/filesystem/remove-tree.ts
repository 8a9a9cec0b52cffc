import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes a folder and all it holds; nothing happens if there is none. Links are removed, not followed. Works at any
 * depth: a tree that is too deep for paths is taken apart level by level.
 */
export function removeTree(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENAMETOOLONG")) throw error;
    removeFlat(folder);
  }
}

function removeFlat(folder: string): void {
  const queue = `${folder}.${crypto.randomUUID()}.removed`;
  mkdirSync(queue);
  renameSync(folder, join(queue, "0"));
  let last = 0;
  for (let next = 0; next <= last; next += 1) {
    const directory = join(queue, String(next));
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) renameSync(path, join(queue, String((last += 1))));
      else unlinkSync(path);
    }
    rmdirSync(directory);
  }
  rmdirSync(queue);
}
