import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { StorageError } from "../ground/storage-error.ts";
import { bootId } from "./boot-id.ts";
import { readHolder, writeHolder } from "./holder.ts";
import type { LogAge, Synchronous } from "./sqlite.ts";
import { syncFolder } from "./sync-folder.ts";

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
  /** Images of workers, by partition: what they say, their oplogs say too. */
  readonly images: string;
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
    images: join(root, "images"),
    instances: join(root, "instances"),
    cache: join(root, "cache"),
  };
}

/** A data directory held by this host alone. */
export interface DataDirectory {
  readonly paths: DataPaths;
  /** Of what an earlier host has left. */
  readonly logAge: LogAge;
  /** Every file is open, and none has a log of an earlier boot any more. */
  opened(): void;
  /** Lets go of the directory; a temporary one is removed. */
  release(): void;
}

/**
 * Takes possession of a data directory, creating it if need be.
 *
 * The lock is the operating system's lock on an SQLite file, so that it ends with the process, however that ends.
 *
 * @param dir default: a temporary directory, removed by `release`
 * @param synchronous `full`: its folders survive a loss of power
 * @throws StorageError if it cannot be written or another process holds it
 */
export function openDataDirectory(dir?: string, synchronous: Synchronous = "normal"): DataDirectory {
  const root = dir === undefined ? mkdtempSync(join(tmpdir(), "golem-kit-")) : resolve(dir);
  const paths = dataPaths(root);
  try {
    for (const folder of [root, paths.components, paths.blobs, paths.files, paths.cache]) {
      makeFolder(folder, synchronous);
    }
  } catch (cause) {
    throw new StorageError(
      `Cannot create the data directory ${root}: ${messageOf(cause)}. What to do: choose a directory that this user may write.`,
      { cause },
    );
  }
  const { lock, logAge } = acquireLock(root);
  rmSync(paths.instances, { recursive: true, force: true });
  return {
    paths,
    logAge,
    opened: () => writeHolder(root, { pid: process.pid, boot: bootId() }),
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
function makeFolder(path: string, synchronous: Synchronous): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent, synchronous);
  mkdirSync(path);
  if (synchronous === "full") syncFolder(parent);
}

interface Lock {
  readonly lock: DatabaseSync;
  readonly logAge: LogAge;
}

function acquireLock(root: string): Lock {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(root, "lock.sqlite"), { timeout: 0 });
    // The transaction never ends, and writes nothing: there is nothing that could be damaged.
    lock.exec("begin exclusive");
    const { pid } = process;
    const boot = bootId();
    const isOfThisBoot = readHolder(root).boot === boot;
    writeHolder(root, isOfThisBoot ? { pid, boot } : { pid });
    return { lock, logAge: isOfThisBoot ? "this boot" : "earlier boot" };
  } catch (cause) {
    lock?.close();
    const code = cause instanceof Error && "errcode" in cause ? cause.errcode : undefined;
    if (code === 5) {
      throw new StorageError(
        `The data directory ${root} is in use by ${holderOf(root)}. What to do: stop that process, or choose another directory with --data-dir.`,
        { cause },
      );
    }
    throw new StorageError(
      `Cannot write the data directory ${root}: ${messageOf(cause)}. What to do: check its permissions and the free space on the disk.`,
      { cause },
    );
  }
}

function holderOf(root: string): string {
  const { pid } = readHolder(root);
  return pid === undefined ? "another process" : `process ${pid}`;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
