import { newTimestamp, type FileTime } from "./file-time.ts";
import { isFsError } from "./fs-error.ts";
import { at } from "./root.ts";
import { Stats } from "./stats.ts";

/**
 * What a path leads to: type, size, times. Symbolic links are followed. Stands on
 * `wasi:filesystem/types.descriptor.stat-at`.
 *
 * @throws FsError
 * @example
 * ```ts
 * const { size } = await stat("reports/2026.txt");
 * ```
 */
export async function stat(path: string): Promise<Stats> {
  return statAt("stat", path, true);
}

/**
 * As {@link stat}, but tells of a symbolic link itself. Stands on `wasi:filesystem/types.descriptor.stat-at`.
 *
 * @throws FsError
 * @example
 * ```ts
 * const isLink = (await lstat("latest")).isSymbolicLink();
 * ```
 */
export async function lstat(path: string): Promise<Stats> {
  return statAt("lstat", path, false);
}

/**
 * Whether a path leads to something. Stands on `wasi:filesystem/types.descriptor.stat-at`.
 *
 * @throws FsError for any failure but that there is nothing
 * @example
 * ```ts
 * if (!(await exists("reports"))) await mkdir("reports");
 * ```
 */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isFsError(error, "ENOENT") || isFsError(error, "ENOTDIR")) return false;
    throw error;
  }
}

/**
 * Sets the times of last access and modification. Symbolic links are followed. Stands on
 * `wasi:filesystem/types.descriptor.set-times-at`.
 *
 * @throws FsError; SdkError `invalid-time`
 * @example
 * ```ts
 * await utimes("report.txt", "unchanged", new Date("2026-01-01"));
 * ```
 */
export async function utimes(path: string, accessed: FileTime, modified: FileTime): Promise<void> {
  setTimes("utimes", path, true, [accessed, modified]);
}

/**
 * As {@link utimes}, but for a symbolic link itself. Stands on `wasi:filesystem/types.descriptor.set-times-at`.
 *
 * @throws FsError; SdkError `invalid-time`
 * @example
 * ```ts
 * await lutimes("latest", "now", "now");
 * ```
 */
export async function lutimes(path: string, accessed: FileTime, modified: FileTime): Promise<void> {
  setTimes("lutimes", path, false, [accessed, modified]);
}

/**
 * A number that changes when the file does, to find out whether it was written meanwhile. Symbolic links are followed.
 * Stands on `wasi:filesystem/types.descriptor.metadata-hash-at`.
 *
 * @throws FsError
 * @example
 * ```ts
 * const before = await metadataHash("config.json");
 * const changed = (await metadataHash("config.json")) !== before;
 * ```
 */
export async function metadataHash(path: string): Promise<bigint> {
  const { lower, upper } = at({ operation: "metadataHash", path }, (place) =>
    place.directory.metadataHashAt({ symlinkFollow: true }, place.path),
  );
  return (upper << 64n) | lower;
}

function statAt(operation: string, path: string, symlinkFollow: boolean): Stats {
  return at({ operation, path }, (place) => new Stats(place.directory.statAt({ symlinkFollow }, place.path)));
}

function setTimes(
  operation: string,
  path: string,
  symlinkFollow: boolean,
  [accessed, modified]: readonly [FileTime, FileTime],
): void {
  const times = [newTimestamp(accessed), newTimestamp(modified)] as const;
  at({ operation, path }, (place) => place.directory.setTimesAt({ symlinkFollow }, place.path, ...times));
}
