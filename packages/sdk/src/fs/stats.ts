import type { DescriptorStat, DescriptorType } from "wasi:filesystem/types@0.2.0";

import type { Datetime } from "../instant.ts";

/**
 * What something in the file system is, by the names of `wasi:filesystem/types.descriptor-type`.
 *
 * @example
 * ```ts
 * const type: FileType = (await stat("reports")).type;
 * ```
 */
export type FileType = DescriptorType;

/** What is asked of a type again and again. */
abstract class Typed {
  readonly type: FileType;

  constructor(type: FileType) {
    this.type = type;
  }

  isFile(): boolean {
    return this.type === "regular-file";
  }

  isDirectory(): boolean {
    return this.type === "directory";
  }

  isSymbolicLink(): boolean {
    return this.type === "symbolic-link";
  }
}

/**
 * What is known of a file or directory. Times are recorded: a replay sees the same.
 *
 * @example
 * ```ts
 * const { size, modified }: Stats = await stat("report.txt");
 * ```
 */
export class Stats extends Typed {
  /** In bytes; 0 for a directory. */
  readonly size: number;
  /** Names that the file has. */
  readonly linkCount: number;
  readonly accessed: Date | undefined;
  readonly modified: Date | undefined;
  /** When its metadata changed; Golem does not say. */
  readonly changed: Date | undefined;
  /** As {@link modified}, in nanoseconds since the epoch. */
  readonly modifiedNanoseconds: bigint | undefined;
  /** As {@link accessed}, in nanoseconds since the epoch. */
  readonly accessedNanoseconds: bigint | undefined;

  /** Made by `stat`, `lstat` and `FileHandle.stat`. */
  constructor(stat: DescriptorStat) {
    super(stat.type);
    this.size = Number(stat.size);
    this.linkCount = Number(stat.linkCount);
    this.accessedNanoseconds = nanoseconds(stat.dataAccessTimestamp);
    this.modifiedNanoseconds = nanoseconds(stat.dataModificationTimestamp);
    this.accessed = date(this.accessedNanoseconds);
    this.modified = date(this.modifiedNanoseconds);
    this.changed = date(nanoseconds(stat.statusChangeTimestamp));
  }
}

/**
 * An entry of a directory.
 *
 * @example
 * ```ts
 * const entries: Dirent[] = await readdir("reports", { withFileTypes: true });
 * const folders = entries.filter((entry) => entry.isDirectory());
 * ```
 */
export class Dirent extends Typed {
  readonly name: string;
  /** The directory, as it was named to `readdir`. */
  readonly parentPath: string;

  /** Made by `readdir`. */
  constructor(name: string, parentPath: string, type: FileType) {
    super(type);
    this.name = name;
    this.parentPath = parentPath;
  }
}

function nanoseconds(time: Datetime | undefined): bigint | undefined {
  return time && time.seconds * 1_000_000_000n + BigInt(time.nanoseconds);
}

function date(since: bigint | undefined): Date | undefined {
  return since === undefined ? undefined : new Date(Number(since / 1_000_000n));
}
