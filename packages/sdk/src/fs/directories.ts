import { fsCall, isFsError, type FsOperation } from "./fs-error.ts";
import { lstat, stat } from "./metadata.ts";
import { at, Roots } from "./root.ts";
import { Dirent } from "./stats.ts";

/**
 * What `readdir` gives.
 *
 * @example
 * ```ts
 * const options: ReaddirOptions = { recursive: true };
 * ```
 */
export interface ReaddirOptions {
  /** Entries with their types in place of names. @default false */
  readonly withFileTypes?: boolean;
  /** Also what is in the directories within; names are paths from `path` on then. @default false */
  readonly recursive?: boolean;
}

/**
 * The entries of a directory, ordered by the bytes of their names, without `.` and `..`. Stands on
 * `wasi:filesystem/types.descriptor.read-directory`.
 *
 * @throws FsError
 * @example
 * ```ts
 * const names = await readdir("reports");
 * const entries = await readdir("reports", { withFileTypes: true });
 * ```
 */
export async function readdir(
  path: string,
  options?: ReaddirOptions & { readonly withFileTypes?: false },
): Promise<string[]>;
export async function readdir(
  path: string,
  options: ReaddirOptions & { readonly withFileTypes: true },
): Promise<Dirent[]>;
export async function readdir(
  path: string,
  { withFileTypes = false, recursive = false }: ReaddirOptions = {},
): Promise<string[] | Dirent[]> {
  const entries = recursive ? [...tree(path)] : entriesOf(path);
  if (withFileTypes) return entries;
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(join(path, "").length));
}

/**
 * Creates a directory. Stands on `wasi:filesystem/types.descriptor.create-directory-at`.
 *
 * @param options.recursive creates the directories on the way, too; one that exists is no error @default false
 * @throws FsError
 * @example
 * ```ts
 * await mkdir("reports/2026", { recursive: true });
 * ```
 */
export async function mkdir(
  path: string,
  { recursive = false }: { readonly recursive?: boolean } = {},
): Promise<void> {
  if (!recursive) return make(path);
  const steps = path.split("/").flatMap((step, index, all) => {
    return step === "" || step === "." ? [] : [all.slice(0, index + 1).join("/")];
  });
  for (const step of steps) {
    try {
      make(step);
    } catch (error) {
      if (!isFsError(error, "EEXIST") || !(await isDirectory(step))) throw error;
    }
  }
}

/**
 * Removes an empty directory. Stands on `wasi:filesystem/types.descriptor.remove-directory-at`.
 *
 * @throws FsError
 * @example
 * ```ts
 * await rmdir("reports/2025");
 * ```
 */
export async function rmdir(path: string): Promise<void> {
  at({ operation: "rmdir", path }, (place) => place.directory.removeDirectoryAt(place.path));
}

/**
 * Removes a file or a symbolic link. Stands on `wasi:filesystem/types.descriptor.unlink-file-at`.
 *
 * @throws FsError
 * @example
 * ```ts
 * await unlink("report.txt");
 * ```
 */
export async function unlink(path: string): Promise<void> {
  at({ operation: "unlink", path }, (place) => place.directory.unlinkFileAt(place.path));
}

/**
 * What `rm` removes.
 *
 * @example
 * ```ts
 * const everything: RmOptions = { recursive: true, force: true };
 * ```
 */
export interface RmOptions {
  /** Also directories, with all that is in them. @default false */
  readonly recursive?: boolean;
  /** What does not exist is no error. @default false */
  readonly force?: boolean;
}

/**
 * Removes a file, or a directory with all that is in it. Symbolic links are removed, not followed. Stands on
 * `wasi:filesystem/types.descriptor.unlink-file-at` and `remove-directory-at`.
 *
 * @throws FsError
 * @example
 * ```ts
 * await rm("reports", { recursive: true, force: true });
 * ```
 */
export async function rm(path: string, { recursive = false, force = false }: RmOptions = {}): Promise<void> {
  try {
    if (!recursive || !(await lstat(path)).isDirectory()) return await unlink(path);
    for (const entry of entriesOf(path)) await rm(join(path, entry.name), { recursive });
    await rmdir(path);
  } catch (error) {
    if (!force || !isFsError(error, "ENOENT")) throw error;
  }
}

function make(path: string): void {
  at({ operation: "mkdir", path }, (place) => place.directory.createDirectoryAt(place.path));
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory();
}

function entriesOf(path: string): Dirent[] {
  const operation: FsOperation = { operation: "readdir", path };
  return fsCall(operation, () => {
    using roots = Roots.open();
    const { directory, path: rest } = roots.place(path, operation);
    using opened = directory.openAt({ symlinkFollow: true }, rest, { directory: true }, { read: true });
    using entries = opened.readDirectory();
    const found: Dirent[] = [];
    for (let next = entries.readDirectoryEntry(); next !== undefined; next = entries.readDirectoryEntry()) {
      found.push(new Dirent(next.name, path, next.type));
    }
    return found;
  });
}

function* tree(path: string): Generator<Dirent> {
  for (const entry of entriesOf(path)) {
    yield entry;
    if (entry.isDirectory()) yield* tree(join(path, entry.name));
  }
}

function join(parent: string, name: string): string {
  return parent.endsWith("/") ? `${parent}${name}` : `${parent}/${name}`;
}
