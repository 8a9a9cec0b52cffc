import { constants, copyFileSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Component, FilePermissions, InitialFile } from "../ground/api/components.ts";
import { StorageError } from "../ground/storage-error.ts";

/** An initial file and where its content is kept. */
export interface StoredFile {
  /** Absolute path inside the worker's file system. */
  readonly path: string;
  readonly permissions: FilePermissions;
  /** Host path of the content, which is never changed. */
  readonly content: string;
}

/** @param folder where contents are kept, by their key */
export function storedFiles({ files }: Component, folder: string): StoredFile[] {
  return files.map(({ key, path, permissions }) => ({ path, permissions, content: join(folder, key) }));
}

/**
 * Makes a worker's root directory, with copies of the initial files: a file of its own for every worker, also if it is
 * read-only, so that nothing can change another's. File systems that can, share the space.
 *
 * @returns inode numbers of the read-only files
 * @throws StorageError: it is not the guest's doing
 */
export function makeRoot(root: string, files: readonly StoredFile[]): ReadonlySet<bigint> {
  try {
    mkdirSync(root, { mode: 0o700 });
    return placeFiles(root, files);
  } catch (cause) {
    rmSync(root, { recursive: true, force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError(
      `Cannot make a worker's file system: ${reason}. What to do: check the disk's free space and permissions.`,
      { cause },
    );
  }
}

function placeFiles(root: string, files: readonly StoredFile[]): ReadonlySet<bigint> {
  const readOnly = new Set<bigint>();
  for (const { path, permissions, content } of files) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(content, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    if (permissions === "read-only") readOnly.add(statSync(target, { bigint: true }).ino);
  }
  return readOnly;
}

/** What keeps files from being the initial files of one worker; `undefined` if nothing does. */
export function initialFilesProblem(files: readonly Pick<InitialFile, "path">[]): string | undefined {
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size < files.length) return "two initial files have the same path";
  for (const path of paths) {
    if (!isAbsoluteFilePath(path))
      return `the path of an initial file must be absolute, without empty, "." and ".." parts; found ${JSON.stringify(path)}`;
    for (let parent = dirname(path); parent !== "/"; parent = dirname(parent)) {
      if (paths.has(parent)) return `the initial file ${parent} cannot be a directory for ${path} too`;
    }
  }
  return undefined;
}

function isAbsoluteFilePath(path: string): boolean {
  const [first, ...names] = path.split("/");
  return (
    first === "" &&
    names.every((name) => name !== "" && name !== "." && name !== ".." && !name.includes("\0"))
  );
}
