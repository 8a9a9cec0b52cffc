import { type FSWatcher, watch } from "chokidar";
import { once } from "node:events";
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
  readonly #watcher: FSWatcher;
  #places: WatchedPlaces = { paths: new Set(), ignores: () => false };

  constructor({ poll, onEvent, onError }: WatchOptions) {
    this.#watcher = watch([], {
      ignored: (path, stats) => this.#places.ignores(path, stats),
      ignoreInitial: true,
      // A file that is replaced is read after the events have ended: nothing need be held back.
      atomic: false,
      ...(poll !== undefined && { backend: "polling", pollingInterval: poll, pollingBinaryInterval: poll }),
    });
    this.#watcher.on("all", (_event, path) => onEvent(path));
    this.#watcher.on("error", (error) => onError(error instanceof Error ? error : new Error(String(error))));
  }

  /**
   * Watches these places too; what they ignore, nothing is told of from now on. Resolves when what changes is noticed.
   *
   * @returns whether there were new ones: what changed in them before now was not noticed
   */
  async setPlaces(places: WatchedPlaces): Promise<boolean> {
    const before = this.#places.paths;
    this.#places = places;
    const added = [...places.paths].filter((path) => !before.has(path));
    if (added.length === 0) return false;
    this.#watcher.add(added);
    if (before.size === 0) await once(this.#watcher, "ready");
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watcher.close();
  }
}
