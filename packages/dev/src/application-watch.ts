import { once } from "node:events";
import { type FSWatcher, watch } from "chokidar";
import type { WatchedPlaces } from "./watched-places.ts";

export interface WatchOptions {
  /** Milliseconds between two looks at each file, for file systems that tell nothing. @default they tell */
  readonly poll?: number | undefined;
  /** Is told the path of whatever file was written, added or removed. Contents may be the same. */
  readonly onEvent: (path: string) => void;
  readonly onError: (error: Error) => void;
}

/** Watches what an application is made of. What that is may change: files come and go with each save. */
export class ApplicationWatch implements AsyncDisposable {
  readonly #options: WatchOptions;
  readonly #known = new Set<string>();
  readonly #watchers: FSWatcher[] = [];

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /**
   * Watches these places too. Resolves when whatever changes in them is noticed.
   *
   * @returns whether there were new ones: what changed in them before now was not noticed
   */
  async add({ paths, ignores }: WatchedPlaces): Promise<boolean> {
    const added = [...paths].filter((path) => !this.#known.has(path));
    if (added.length === 0) return false;
    for (const path of added) this.#known.add(path);
    const { poll, onEvent, onError } = this.#options;
    // One of its own: a watcher tells only once that it has seen all that there is.
    const watcher = watch(added, {
      ignored: (path, stats) => ignores(path, stats),
      ignoreInitial: true,
      // A file that is replaced is read after the events have ended: nothing need be held back.
      atomic: false,
      ...(poll !== undefined && { backend: "polling", pollingInterval: poll, pollingBinaryInterval: poll }),
    });
    this.#watchers.push(watcher);
    // A folder says nothing that its files do not.
    for (const event of ["add", "change", "unlink"] as const) watcher.on(event, (path) => onEvent(path));
    watcher.on("error", (error) => onError(error instanceof Error ? error : new Error(String(error))));
    await once(watcher, "ready");
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#watchers.map((watcher) => watcher.close()));
  }
}
