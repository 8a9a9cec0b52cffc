/** Milliseconds without another event after which a save is over. */
const QUIET = 40;

/** Milliseconds after which it is over although events still come. */
const LONGEST = 500;

/**
 * Events of files, gathered: those that come close to one another are one save. What comes while nobody waits is kept for whoever
 * waits next, so that nothing is missed during a build.
 */
export class Saves {
  #paths = new Set<string>();
  #first: number | undefined;
  #latest = 0;
  #wake: (() => void) | undefined;
  #closed = false;

  /** Notes an event. @param path what was written, added or removed */
  note(path: string): void {
    const now = performance.now();
    this.#first ??= now;
    this.#latest = now;
    this.#paths.add(path);
    this.#wake?.();
  }

  /** Whether there is something that nobody has taken. */
  get pending(): boolean {
    return this.#paths.size > 0;
  }

  /** Waits for a save, and for its end. @returns its paths; `undefined` after `close` */
  async next(): Promise<ReadonlySet<string> | undefined> {
    for (;;) {
      if (this.#closed) return undefined;
      const rest = this.#rest();
      if (rest !== undefined && rest <= 0) return this.#take();
      await this.#event(rest);
    }
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  /** Milliseconds until the save is over; `undefined` without one. */
  #rest(): number | undefined {
    if (this.#first === undefined) return undefined;
    return Math.min(this.#latest + QUIET, this.#first + LONGEST) - performance.now();
  }

  #take(): ReadonlySet<string> {
    const paths = this.#paths;
    this.#paths = new Set();
    this.#first = undefined;
    return paths;
  }

  async #event(timeout: number | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = timeout === undefined ? undefined : setTimeout(resolve, Math.ceil(timeout));
    await promise;
    clearTimeout(timer);
    this.#wake = undefined;
  }
}
