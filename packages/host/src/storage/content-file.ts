import { createHash } from "node:crypto";

import { damage } from "../ground/storage-error.ts";

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
