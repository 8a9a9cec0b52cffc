import type { BigIntStats } from "node:fs";

import type { FileNode } from "../ground/api/workers.ts";
import { GolemError } from "../ground/golem-error.ts";
import { asFilesystemError } from "./filesystem-error.ts";
import type { OpenNode } from "./open-nodes.ts";
import { FOR_READING } from "./open-options.ts";
import type { WorkerFiles } from "./worker-files.ts";

/** Bytes. A file's content is answered in one piece. */
const LARGEST_CONTENT = 64n * 1_048_576n;

/**
 * What a directory holds, in the order of the names' bytes. A link counts as what it leads to, and not at all if that is
 * nothing of the worker's.
 *
 * @param path absolute
 * @throws GolemError `FileNotFound`, `BadFileType`
 */
export function listFiles(files: WorkerFiles, path: string): FileNode[] {
  return withNode(files, path, (directory) => {
    if (directory.kind !== "directory") throw new GolemError({ type: "BadFileType", path });
    return files.entries(directory).flatMap(({ name, stat }) => {
      if (!stat.isSymbolicLink()) return [fileNode(files, name, stat)];
      try {
        return [fileNode(files, name, files.statAt(directory, name, true).stat)];
      } catch (error) {
        if (asFilesystemError(error) === undefined) throw error;
        return [];
      }
    });
  });
}

/**
 * @param path absolute
 * @throws GolemError `FileNotFound`, `BadFileType`, `InvalidRequest` for a file that is too large
 */
export function readFile(files: WorkerFiles, path: string): Uint8Array {
  return withNode(files, path, (file) => {
    if (file.kind !== "file") throw new GolemError({ type: "BadFileType", path });
    const { size } = file.stat();
    if (size <= LARGEST_CONTENT) return file.read(size, 0n);
    const details = `The file ${path} has ${size} bytes; at most ${LARGEST_CONTENT} can be read at once`;
    throw new GolemError({ type: "InvalidRequest", details });
  });
}

function withNode<T>(files: WorkerFiles, path: string, use: (node: OpenNode) => T): T {
  const root = files.openRoot();
  try {
    const node = files.open(root, `.${path}`, FOR_READING);
    try {
      return use(node);
    } finally {
      files.drop(node);
    }
  } catch (error) {
    if (asFilesystemError(error) === undefined) throw error;
    throw new GolemError({ type: "FileNotFound", path }, { cause: error });
  } finally {
    files.drop(root);
  }
}

function fileNode(files: WorkerFiles, name: string, stat: BigIntStats): FileNode {
  const lastModified = Number(files.times(stat).modified / 1_000_000_000n);
  if (stat.isDirectory()) return { name, lastModified, kind: "directory", permissions: null, size: null };
  const permissions = files.isReadOnly(stat) ? "read-only" : "read-write";
  return { name, lastModified, kind: "file", permissions, size: Number(stat.size) };
}
