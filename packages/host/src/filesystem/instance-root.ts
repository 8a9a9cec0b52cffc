import { type BigIntStats, lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { FilesystemError } from "./filesystem-error.ts";
import type { Segments } from "./guest-path.ts";
import { makeRoot, type StoredFile } from "./initial-files.ts";

/** Bytes, in which the system counts what a file takes. */
const BLOCK = 512;

/** The host's directory that is one instance's file system. It is made when it is first used, and removed with the instance. */
export class InstanceRoot {
  readonly #directory: string;
  readonly #initial: readonly StoredFile[];
  #removed = false;
  /** Inodes of the read-only files: they cannot go, so that no other file gets their number. */
  #readOnly: ReadonlySet<bigint> | undefined;

  /** @param directory host path; must not exist yet */
  constructor(directory: string, initial: readonly StoredFile[]) {
    this.#directory = directory;
    this.#initial = initial;
  }

  /** True if it exists. */
  get isMade(): boolean {
    return this.#readOnly !== undefined;
  }

  /** Its host path; the directory exists from now on. @throws FilesystemError `no-entry` if it is removed */
  get place(): string {
    if (this.#removed) throw new FilesystemError("no-entry");
    this.#readOnly ??= makeRoot(this.#directory, this.#initial);
    return this.#directory;
  }

  /** The host path of something in it. */
  host(segments: Segments): string {
    return join(this.place, ...segments);
  }

  lstat(segments: Segments): BigIntStats {
    return lstatSync(this.host(segments), { bigint: true });
  }

  /** A read-only initial file, under whatever name. */
  isReadOnly(stat: BigIntStats): boolean {
    return this.#readOnly?.has(stat.ino) === true;
  }

  /** @throws FilesystemError `not-permitted` for a read-only initial file */
  assertChangeable(stat: BigIntStats): void {
    if (this.isReadOnly(stat)) throw new FilesystemError("not-permitted");
  }

  /** Bytes that all in it takes on the disk. */
  get usage(): number {
    if (this.#removed || this.#readOnly === undefined) return 0;
    return readdirSync(this.#directory, { recursive: true, withFileTypes: true }).reduce(
      (sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).blocks * BLOCK,
      0,
    );
  }

  /** Removes the directory, for good. */
  remove(): void {
    this.#removed = true;
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
