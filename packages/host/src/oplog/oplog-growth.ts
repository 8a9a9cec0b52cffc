/** Seconds over which growth is averaged. */
const WINDOW = 10;

/** How fast one oplog has grown lately. */
export class OplogGrowth {
  readonly #now: () => number;
  /** Bytes by second. */
  readonly #seconds = new Map<number, number>();

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  add(bytes: number): void {
    const second = Math.floor(this.#now() / 1_000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + bytes);
    this.#forget(second);
  }

  /** Bytes of the last ten seconds. */
  get recent(): number {
    this.#forget(Math.floor(this.#now() / 1_000));
    let sum = 0;
    for (const bytes of this.#seconds.values()) sum += bytes;
    return sum;
  }

  /** Bytes in a second, on an average of the last ten. */
  get rate(): number {
    return this.recent / WINDOW;
  }

  #forget(now: number): void {
    for (const second of this.#seconds.keys()) if (second <= now - WINDOW) this.#seconds.delete(second);
  }
}
