import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { StorageError } from "../ground/storage-error.ts";

/** Oplogs are spread over this many files, whatever the number of shards; fixed for the life of a data directory. */
export const PARTITION_COUNT = 8;

/** Where each thing lives inside a data directory. */
export interface DataPaths {
  readonly root: string;
  readonly shared: string;
  readonly partition: (index: number) => string;
  readonly components: string;
  readonly blobs: string;
  readonly files: string;
  /** File systems of instances: they end with the process. */
  readonly instances: string;
  readonly cache: string;
}

export function dataPaths(root: string): DataPaths {
  return {
    root,
    shared: join(root, "shared.sqlite"),
    partition: (index) => join(root, `oplog-${index}.sqlite`),
    components: join(root, "components"),
    blobs: join(root, "blobs"),
    files: join(root, "files"),
    instances: join(root, "instances"),
    cache: join(root, "cache"),
  };
}

/** A data directory held by this host alone. */
export interface DataDirectory {
  readonly paths: DataPaths;
  /** Lets go of the directory; a temporary one is removed. */
  release(): void;
}

/**
 * Takes possession of a data directory, creating it if need be.
 *
 * The lock is the operating system's lock on an SQLite file, so that it ends with the process, however that ends.
 *
 * @param dir default: a temporary directory, removed by `release`
 * @throws StorageError if it cannot be written or another process holds it
 */
export function openDataDirectory(dir?: string): DataDirectory {
  const root = dir === undefined ? mkdtempSync(join(tmpdir(), "golem-kit-")) : resolve(dir);
  const paths = dataPaths(root);
  try {
    for (const folder of [root, paths.components, paths.blobs, paths.files, paths.cache]) {
      makeFolder(folder);
    }
  } catch (cause) {
    throw new StorageError(
      `Cannot create the data directory ${root}: ${messageOf(cause)}. What to do: choose a directory that this user may write.`,
      { cause },
    );
  }
  const lock = acquireLock(root);
  rmSync(paths.instances, { recursive: true, force: true });
  return {
    paths,
    release() {
      lock.close();
      if (dir === undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}

/**
 * Creates a folder and those above it. Node's own recursive `mkdirSync` never returns where a file system answers
 * "no such file" for what may not be created, as /proc does.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  mkdirSync(path);
}

function acquireLock(root: string): DatabaseSync {
  const holderFile = join(root, "holder.json");
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(root, "lock.sqlite"), { timeout: 0 });
    // The transaction never ends, and writes nothing: there is nothing that could be damaged.
    lock.exec("begin exclusive");
    writeFileSync(holderFile, JSON.stringify({ pid: process.pid }));
    return lock;
  } catch (cause) {
    lock?.close();
    const code = cause instanceof Error && "errcode" in cause ? cause.errcode : undefined;
    if (code === 5) {
      throw new StorageError(
        `The data directory ${root} is in use by ${holderOf(holderFile)}. What to do: stop that process, or choose another directory with --data-dir.`,
        { cause },
      );
    }
    throw new StorageError(
      `Cannot write the data directory ${root}: ${messageOf(cause)}. What to do: check its permissions and the free space on the disk.`,
      { cause },
    );
  }
}

function holderOf(holderFile: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(holderFile, "utf8"));
    if (typeof holder === "object" && holder !== null && "pid" in holder)
      return `process ${String(holder.pid)}`;
  } catch {
    // The holder has the lock but has not written its name yet.
  }
  return "another process";
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
