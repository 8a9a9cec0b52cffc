import { fsCall, type FsOperation } from "./fs-error.ts";
import { at, Roots, type Place } from "./root.ts";

/**
 * Gives a file or directory another path, in place of a file that may be there. Stands on
 * `wasi:filesystem/types.descriptor.rename-at`.
 *
 * @throws FsError
 * @example
 * ```ts
 * await writeFile("config.json.new", "{}");
 * await rename("config.json.new", "config.json");
 * ```
 */
export async function rename(path: string, newPath: string): Promise<void> {
  between({ operation: "rename", path, target: newPath }, (from, to) =>
    from.directory.renameAt(from.path, to.directory, to.path),
  );
}

/**
 * Gives a file a second path. Stands on `wasi:filesystem/types.descriptor.link-at`.
 *
 * @throws FsError
 * @example
 * ```ts
 * await link("report.txt", "reports/2026.txt");
 * ```
 */
export async function link(path: string, newPath: string): Promise<void> {
  between({ operation: "link", path, target: newPath }, (from, to) =>
    from.directory.linkAt({}, from.path, to.directory, to.path),
  );
}

/**
 * Makes a symbolic link. Stands on `wasi:filesystem/types.descriptor.symlink-at`.
 *
 * @param target what the link says: a path relative to the link's directory; absolute ones are not permitted
 * @throws FsError
 * @example
 * ```ts
 * await symlink("2026.txt", "reports/latest.txt");
 * ```
 */
export async function symlink(target: string, path: string): Promise<void> {
  at({ operation: "symlink", path, target }, (place) => place.directory.symlinkAt(target, place.path));
}

/**
 * What a symbolic link says. Stands on `wasi:filesystem/types.descriptor.readlink-at`.
 *
 * @throws FsError
 * @example
 * ```ts
 * const newest = await readlink("reports/latest.txt");
 * ```
 */
export async function readlink(path: string): Promise<string> {
  return at({ operation: "readlink", path }, (place) => place.directory.readlinkAt(place.path));
}

function between(
  operation: FsOperation & { readonly target: string },
  call: (from: Place, to: Place) => void,
): void {
  fsCall(operation, () => {
    using roots = Roots.open();
    call(roots.place(operation.path, operation), roots.place(operation.target, operation));
  });
}
