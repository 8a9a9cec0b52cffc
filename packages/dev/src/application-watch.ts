import { once } from "node:events";
import { type FSWatcher, watch } from "chokidar";
import type { WatchedPlaces } from "./watched-places.ts";

export interface WatchOptions {
  /** Milliseconds between two looks at each file, for file systems that tell nothing. @default they tell */
  readonly poll?: number | undefined;
  /** Is told the path of whatever was written, added or removed. Contents may be the same. */
  readonly onEvent: (path: string) => void;
  readonly onError: (error: Error) => void;
}

/** Watches what an application is made of. What that is may change: files come and go with each save. */
export class ApplicationWatch implements AsyncDisposable {
  readonly #options: WatchOptions;
  #watcher: FSWatcher | undefined;
  #places: WatchedPlaces = { paths: new Set(), ignores: () => false };

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /**
   * Watches these places too; what they ignore, nothing is told of from now on. The first time it resolves when what changes is
   * noticed.
   *
   * @returns whether there were new ones: what changed in them before now was not noticed
   */
  async setPlaces(places: WatchedPlaces): Promise<boolean> {
    const before = this.#places.paths;
    this.#places = places;
    const added = [...places.paths].filter((path) => !before.has(path));
    if (this.#watcher === undefined) {
      this.#watcher = this.#watch(added);
      await once(this.#watcher, "ready");
    } else if (added.length > 0) this.#watcher.add(added);
    return added.length > 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watcher?.close();
  }

  #watch(paths: readonly string[]): FSWatcher {
    const { poll, onEvent, onError } = this.#options;
    const watcher = watch([...paths], {
      ignored: (path, stats) => this.#places.ignores(path, stats),
      ignoreInitial: true,
      // A file that is replaced is read after the events have ended: nothing need be held back.
      atomic: false,
      ...(poll !== undefined && { backend: "polling", pollingInterval: poll, pollingBinaryInterval: poll }),
    });
    watcher.on("all", (_event, path) => onEvent(path));
    watcher.on("error", (error) => onError(error instanceof Error ? error : new Error(String(error))));
    return watcher;
  }
}
