import { type BigIntStats, lstatSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { FilesystemError } from "./filesystem-error.ts";
import type { Segments } from "./guest-path.ts";

/** Where a path leads. */
export interface Location {
  readonly segments: Segments;
  /** `undefined` if there is nothing; its parent is a directory. */
  readonly stat: BigIntStats | undefined;
  /** The path ended in a slash: only a directory can be meant. */
  readonly directoryOnly: boolean;
  /** What the path ended in instead of a name. */
  readonly dots: "." | ".." | undefined;
}

/** Bytes. What POSIX systems take, the final zero apart; a guest's paths do not get longer by where the root is. */
const LONGEST_PATH = 4095;

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows a path from a directory, link by link, without ever asking the operating system to follow one: nothing outside
 * of `base` can be reached. Nobody else changes the tree meanwhile: file operations do not wait.
 *
 * @param root host path of the root
 * @param base the directory that the path starts at, and must not leave
 * @param follow whether a link at the end is followed too
 * @throws FilesystemError
 */
export function resolvePath(root: string, base: Segments, path: string, follow: boolean): Location {
  const at = [...base];
  const { names: rest, directoryOnly: endsInSlash } = parsePath(path);
  let directoryOnly = endsInSlash;
  let links = 0;
  let dots: Location["dots"];
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    dots = undefined;
    if (name === ".") {
      dots = name;
      continue;
    }
    if (name === "..") {
      if (at.length === base.length) throw new FilesystemError("not-permitted");
      at.pop();
      dots = name;
      continue;
    }
    const host = join(root, ...at, name);
    const stat = lstatSync(host, { bigint: true, throwIfNoEntry: false });
    const last = rest.length === 0;
    if (stat?.isSymbolicLink() === true && (!last || follow || directoryOnly)) {
      links += 1;
      if (links > MOST_LINKS) throw new FilesystemError("loop");
      const target = parsePath(readlinkSync(host));
      if (last) directoryOnly ||= target.directoryOnly;
      rest.unshift(...target.names);
      continue;
    }
    if (last) return { segments: [...at, name], stat, directoryOnly, dots };
    if (stat === undefined) throw new FilesystemError("no-entry");
    if (!stat.isDirectory()) throw new FilesystemError("not-directory");
    at.push(name);
  }
  const stat = lstatSync(join(root, ...at), { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) throw new FilesystemError("no-entry");
  return { segments: at, stat, directoryOnly: true, dots };
}

function parsePath(path: string): { names: string[]; directoryOnly: boolean } {
  assertPath(path);
  // The directory's root is not the guest's to name: absolute paths are refused even if they would lead inside.
  if (path.startsWith("/")) throw new FilesystemError("not-permitted");
  return { names: path.split("/").filter((name) => name !== ""), directoryOnly: path.endsWith("/") };
}

/** Checks what no operating system call is to be bothered with. @throws FilesystemError */
export function assertPath(path: string): void {
  if (path === "") throw new FilesystemError("no-entry");
  if (path.includes("\0")) throw new FilesystemError("invalid");
  if (Buffer.byteLength(path) > LONGEST_PATH) throw new FilesystemError("name-too-long");
}

/** @throws FilesystemError `no-entry` */
export function existing(stat: BigIntStats | undefined): BigIntStats {
  if (stat === undefined) throw new FilesystemError("no-entry");
  return stat;
}

/** Checks that a name that is no directory's can be given. @throws FilesystemError */
export function assertFree({ stat, directoryOnly }: Location): void {
  if (stat !== undefined) throw new FilesystemError("exist");
  if (directoryOnly) throw new FilesystemError("no-entry");
}
