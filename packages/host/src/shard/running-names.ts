/** So many names are kept at most: more would tell nobody anything. */
const MOST_NAMES = 8;

/** Bytes that the names take at most: a length, and text. */
const SIZE = 4_096;
const LENGTH_SIZE = 4;

/**
 * Names of the workers of a thread that run, in memory that it shares: they can be read also while a guest that never yields
 * keeps the thread from answering.
 */
export class RunningNames {
  readonly #counts = new Map<string, number>();
  readonly #length: Int32Array;
  readonly #text: Uint8Array;
  readonly #encoder = new TextEncoder();

  /** @param shared as {@link sharedNames} makes it */
  constructor(shared: SharedArrayBuffer) {
    this.#length = new Int32Array(shared, 0, 1);
    this.#text = new Uint8Array(shared, LENGTH_SIZE);
    this.#write();
  }

  /** One more, or one less, that runs under this name. */
  add(name: string, by: number): void {
    const count = (this.#counts.get(name) ?? 0) + by;
    if (count > 0) this.#counts.set(name, count);
    else this.#counts.delete(name);
    this.#write();
  }

  #write(): void {
    const names: string[] = [];
    for (const name of this.#counts.keys()) {
      names.push(name);
      if (names.length === MOST_NAMES) break;
    }
    const { written } = this.#encoder.encodeInto(names.join("\n"), this.#text);
    Atomics.store(this.#length, 0, written);
  }
}

/** Memory for the names of one thread. */
export function sharedNames(): SharedArrayBuffer {
  return new SharedArrayBuffer(SIZE);
}

/** The names in this memory; some of many. */
export function readNames(shared: SharedArrayBuffer): readonly string[] {
  const length = Atomics.load(new Int32Array(shared, 0, 1), 0);
  const text = Buffer.from(new Uint8Array(shared, LENGTH_SIZE, length)).toString();
  return text === "" ? [] : text.split("\n");
}
