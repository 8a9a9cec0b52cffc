import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { damage, withFileErrors } from "../ground/storage-error.ts";

/** The name of a file that is named by its content. */
export function contentHash(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * Refuses the content of a file that is named by another content.
 *
 * @param what it is, e.g. "the component shop:cart"
 * @throws StorageError
 */
export function assertContent(content: Uint8Array, hash: string, file: string, what: string): void {
  if (contentHash(content) === hash) return;
  throw damage(file, `${what} is not what was uploaded`, "remove the file, and upload the component again");
}

/** Reads a file that is named by its content. @throws StorageError if it is not what was uploaded */
export async function readContent(
  file: string,
  hash: string,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = await withFileErrors(file, () => readFile(file));
  assertContent(content, hash, file, what);
  return content;
}
