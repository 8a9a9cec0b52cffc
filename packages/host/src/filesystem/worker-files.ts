import {
  type BigIntStats,
  constants,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from "node:fs";

import type { Directory } from "./directory.ts";
import { DiskUsage } from "./disk-usage.ts";
import { FilesystemError } from "./filesystem-error.ts";
import { FileTimes, type Times } from "./file-times.ts";
import { endsInSlash, guestPath, type Segments, withoutSlashes } from "./guest-path.ts";
import type { StoredFile } from "./initial-files.ts";
import { InstanceRoot } from "./instance-root.ts";
import type { OpenFile } from "./open-file.ts";
import { type OpenNode, OpenNodes } from "./open-nodes.ts";
import type { OpenOptions } from "./open-options.ts";
import { assertFree, assertPath, existing, type Location, resolvePath } from "./resolve-path.ts";

/**
 * The file system of one instance of a worker: a directory of its own, which begins with the component's initial files
 * and ends with the instance. Nothing else reads or writes it, so that what was checked stays true until it is used.
 *
 * Operations throw `FilesystemError` or an error of the system, which `asFilesystemError` makes one of.
 */
export class WorkerFiles {
  readonly #root: InstanceRoot;
  readonly #nodes = new OpenNodes();
  readonly #times = new FileTimes();
  /** What it takes of the host's disk. */
  readonly usage: DiskUsage;

  /** @param root host path; must not exist yet. It is made when it is first used. */
  constructor(root: string, initial: readonly StoredFile[]) {
    this.#root = new InstanceRoot(root, initial);
    this.usage = new DiskUsage(() => this.#root.usage);
  }

  /** True if the guest has looked at it, or changed it. */
  get isUsed(): boolean {
    return this.#root.isMade;
  }

  /** A new handle of the root directory. */
  openRoot(): Directory {
    return this.#nodes.openDirectory([], true, true);
  }

  /** Closes everything and removes the directory, for good. */
  close(): void {
    this.#nodes.closeAll();
    this.#root.remove();
  }

  drop(node: OpenNode): void {
    this.#nodes.drop(node);
  }

  open(base: Directory, path: string, options: OpenOptions): OpenNode {
    const { create, exclusive, truncate, directory } = options;
    if (directory && (create || exclusive || truncate)) throw new FilesystemError("invalid");
    const found = this.#resolve(base, path, options.follow && !(create && exclusive));
    const { segments, stat } = found;
    if (stat === undefined) {
      if (!create) throw new FilesystemError("no-entry");
      if (found.directoryOnly) throw new FilesystemError("is-directory");
      this.usage.made();
      return this.#openFile(segments, options, constants.O_CREAT | constants.O_EXCL, false);
    }
    if (create && exclusive) throw new FilesystemError("exist");
    if (stat.isDirectory()) {
      if (create || truncate || options.write) throw new FilesystemError("is-directory");
      return this.#nodes.openDirectory(segments, options.read, options.mutate);
    }
    if (directory || found.directoryOnly) throw new FilesystemError("not-directory");
    if (stat.isSymbolicLink()) throw new FilesystemError("loop");
    const readOnly = this.isReadOnly(stat);
    if (truncate) this.#root.assertChangeable(stat);
    return this.#openFile(segments, options, truncate ? constants.O_TRUNC : 0, readOnly);
  }

  createDirectory(base: Directory, path: string): void {
    const { segments, stat } = this.#resolve(base, withoutSlashes(path), false);
    if (stat !== undefined) throw new FilesystemError("exist");
    mkdirSync(this.#root.host(segments), { mode: 0o700 });
    this.usage.made();
  }

  removeDirectory(base: Directory, path: string): void {
    const { segments, stat, dots } = this.#resolve(base, withoutSlashes(path), false);
    if (dots !== undefined) throw new FilesystemError(dots === "." ? "invalid" : "not-empty");
    if (!existing(stat).isDirectory()) throw new FilesystemError("not-directory");
    rmdirSync(this.#root.host(segments));
    this.#nodes.removed(segments);
  }

  unlink(base: Directory, path: string): void {
    const { segments, stat, directoryOnly } = this.#resolve(base, path, false);
    const found = existing(stat);
    if (found.isDirectory()) throw new FilesystemError("is-directory");
    if (directoryOnly) throw new FilesystemError("not-directory");
    this.#root.assertChangeable(found);
    unlinkSync(this.#root.host(segments));
  }

  rename(base: Directory, path: string, newBase: Directory, newPath: string): void {
    const from = this.#resolve(base, withoutSlashes(path), false);
    const to = this.#resolve(newBase, withoutSlashes(newPath), false);
    if (from.dots !== undefined || to.dots !== undefined) throw new FilesystemError("busy");
    const moved = existing(from.stat);
    if (!moved.isDirectory() && (endsInSlash(path) || endsInSlash(newPath)))
      throw new FilesystemError("not-directory");
    this.#root.assertChangeable(moved);
    if (to.stat !== undefined) this.#root.assertChangeable(to.stat);
    renameSync(this.#root.host(from.segments), this.#root.host(to.segments));
    if (moved.isDirectory()) this.#nodes.moved(from.segments, to.segments);
  }

  /** A second name. One for a symbolic link is a second link: not every system can give a link two names. */
  link(base: Directory, path: string, newBase: Directory, newPath: string): void {
    const [from, to] = [this.#resolve(base, path, false), this.#resolve(newBase, newPath, false)];
    const linked = existing(from.stat);
    if (linked.isDirectory()) throw new FilesystemError("not-permitted");
    if (from.directoryOnly) throw new FilesystemError("not-directory");
    assertFree(to);
    const [source, target] = [this.#root.host(from.segments), this.#root.host(to.segments)];
    if (linked.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
    this.usage.made();
  }

  /** @param target what the link says: relative, but not checked until it is followed */
  symlink(base: Directory, target: string, path: string): void {
    assertPath(target);
    if (target.startsWith("/")) throw new FilesystemError("not-permitted");
    const to = this.#resolve(base, path, false);
    assertFree(to);
    symlinkSync(target, this.#root.host(to.segments));
    this.usage.made();
  }

  readlink(base: Directory, path: string): string {
    const { segments, stat } = this.#resolve(base, path, false);
    if (!existing(stat).isSymbolicLink()) throw new FilesystemError("invalid");
    return readlinkSync(this.#root.host(segments));
  }

  /** What a path leads to, by the absolute path that the guest would use. */
  statAt(
    base: Directory,
    path: string,
    follow: boolean,
  ): { readonly path: string; readonly stat: BigIntStats } {
    const { segments, stat, directoryOnly } = this.#resolve(base, path, follow);
    const found = existing(stat);
    if (directoryOnly && !found.isDirectory()) throw new FilesystemError("not-directory");
    return { path: guestPath(segments), stat: found };
  }

  stat(node: OpenNode): { readonly path: string; readonly stat: BigIntStats } {
    if (node.kind === "file") return { path: node.path, stat: node.stat() };
    const segments = this.#segments(node);
    return { path: guestPath(segments), stat: this.#root.lstat(segments) };
  }

  isSame(node: OpenNode, other: OpenNode): boolean {
    return node === other || this.stat(node).stat.ino === this.stat(other).stat.ino;
  }

  /** Names in a directory with what they are, in the order of their bytes. */
  entries(directory: Directory): readonly { readonly name: string; readonly stat: BigIntStats }[] {
    const segments = this.#segments(directory);
    return readdirSync(this.#root.host(segments))
      .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map((name) => ({ name, stat: this.#root.lstat([...segments, name]) }));
  }

  times(stat: BigIntStats): Times {
    return this.#times.of(stat);
  }

  setTimes(node: OpenNode, times: Times): void {
    if (node.kind === "file") node.setTimes(times);
    else this.#setTimes(this.#segments(node), times);
  }

  setTimesAt(base: Directory, path: string, follow: boolean, times: Times): void {
    this.#setTimes(this.#resolve(base, path, follow).segments, times);
  }

  /** A read-only initial file, under whatever name. */
  isReadOnly(stat: BigIntStats): boolean {
    return this.#root.isReadOnly(stat);
  }

  #resolve(base: Directory, path: string, follow: boolean): Location {
    return resolvePath(this.#root.place, this.#segments(base), path, follow);
  }

  #segments({ segments }: Directory): Segments {
    if (segments === undefined) throw new FilesystemError("no-entry");
    return segments;
  }

  #setTimes(segments: Segments, times: Times): void {
    this.#times.set(
      times,
      () => this.#root.lstat(segments),
      (accessed, modified) => lutimesSync(this.#root.host(segments), accessed, modified),
    );
  }

  #openFile(segments: Segments, options: OpenOptions, flags: number, readOnly: boolean): OpenFile {
    const writable = !readOnly && (options.write || options.create || options.truncate);
    // As Golem does: a file that is opened for nothing can be read.
    const readable = options.read || !options.write;
    const access = writable ? (readable ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
    return this.#nodes.openFile(() => ({
      fd: openSync(this.#root.host(segments), access | flags | constants.O_NOFOLLOW, 0o600),
      path: guestPath(segments),
      flags: { read: options.read, write: !readOnly && (options.write || options.create) },
      readable,
      writable,
      protected: readOnly,
      times: this.#times,
      usage: this.usage,
    }));
  }
}
