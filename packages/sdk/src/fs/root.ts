import { getDirectories } from "wasi:filesystem/preopens@0.2.0";
import type { Descriptor } from "wasi:filesystem/types@0.2.0";

import { fsCall, FsError, type FsOperation } from "./fs-error.ts";

/** Where a path begins, and the rest of the way. */
export interface Place {
  readonly directory: Descriptor;
  readonly path: string;
}

/** The directories that a worker begins with. Held for one operation. */
export class Roots implements Disposable {
  readonly #directories: readonly (readonly [Descriptor, string])[];

  private constructor(directories: readonly (readonly [Descriptor, string])[]) {
    this.#directories = directories;
  }

  static open(): Roots {
    return new Roots(getDirectories());
  }

  /** A path that begins with `/` leads from the root, another from the initial directory; on Golem both are the same. */
  place(path: string, operation: FsOperation): Place {
    const candidates = this.#directories.flatMap(([directory, name]) => {
      const rest = within(name, path);
      return rest === undefined ? [] : [{ directory, path: rest }];
    });
    const [nearest] = candidates.toSorted((a, b) => a.path.length - b.path.length);
    if (nearest === undefined) throw new FsError(operation, "no-entry");
    return nearest;
  }

  [Symbol.dispose](): void {
    for (const [directory] of this.#directories) directory[Symbol.dispose]();
  }
}

/** Runs a call with the place that a path means. */
export function at<T>(operation: FsOperation, call: (place: Place) => T): T {
  return fsCall(operation, () => {
    using roots = Roots.open();
    return call(roots.place(operation.path, operation));
  });
}

/** The rest of `path` below `root`; `undefined` if it is not below. */
function within(root: string, path: string): string | undefined {
  if (!path.startsWith("/")) return root === "." || root === "/" ? path : undefined;
  const prefix = root.endsWith("/") ? root : `${root}/`;
  if (!`${path}/`.startsWith(prefix)) return undefined;
  const rest = path.slice(prefix.length).replace(/^\/+/, "");
  return rest === "" ? "." : rest;
}
