import { crc32 } from "node:zlib";

import { unzipSync } from "fflate";

import type { FilePermissions, InitialFile } from "../ground/api/components.ts";
import { archiveChecksums } from "./archive-checksums.ts";
import { invalid } from "./request-error.ts";

export interface FileToExtract {
  /** Absolute path, in the archive and in the worker's file system. */
  readonly path: string;
  readonly permissions: FilePermissions;
}

/**
 * Takes files out of a zip archive. What the archive claims to unpack to is checked before anything is unpacked,
 * and what comes out of it by its checksum: an archive that lies about its sizes is refused.
 *
 * @param maxBytes how much all files together may have, unpacked
 */
export function extractFiles(
  archive: Uint8Array,
  files: readonly FileToExtract[],
  maxBytes: number,
): InitialFile[] {
  const wanted = new Set(files.map((file) => file.path));
  let size = 0;
  let contents: Record<string, Uint8Array>;
  try {
    contents = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        if (!wanted.has(absolute(name))) return false;
        size += originalSize;
        if (size > maxBytes)
          throw malformedArchive(`The files have more than the ${maxBytes} bytes that are accepted`);
        return true;
      },
    });
  } catch (error) {
    throw error instanceof Error && error.name === "RequestError" ? error : malformedArchive(String(error));
  }
  const checksums = archiveChecksums(archive);
  const byPath = new Map<string, Uint8Array>();
  for (const [name, content] of Object.entries(contents)) {
    const expected = checksums.get(name);
    if (expected !== undefined && crc32(content) !== expected)
      throw malformedArchive(`${name} is not what the archive says of it`);
    byPath.set(absolute(name), content);
  }
  return files.map(({ path, permissions }) => {
    const content = byPath.get(path);
    if (content === undefined)
      throw malformedArchive(`Didn't find expected file in the archive: ${path}: None`);
    return { path, permissions, content };
  });
}

function absolute(name: string): string {
  return name.startsWith("/") ? name : `/${name}`;
}

function malformedArchive(problem: string): Error {
  return invalid(`Malformed component archive error: ${problem}`);
}
