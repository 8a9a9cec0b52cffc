/** Bytes of memory that the instances of all threads take together, in memory that the threads share. */
export class MemoryTotal {
  readonly #slots: Float64Array;
  readonly #own: number;

  /** @param shared as {@link sharedMemoryTotal} makes it; @param own the thread's number */
  constructor(shared: SharedArrayBuffer, own: number) {
    this.#slots = new Float64Array(shared);
    this.#own = own;
    // Its predecessor's instances are gone.
    this.#slots[own] = 0;
  }

  get bytes(): number {
    return this.#slots.reduce((sum, bytes) => sum + bytes, 0);
  }

  /** An instance of this thread takes so many bytes more, or less. */
  add(bytes: number): void {
    this.#slots[this.#own] = (this.#slots[this.#own] ?? 0) + bytes;
  }
}

export function sharedMemoryTotal(threads: number): SharedArrayBuffer {
  return new SharedArrayBuffer(threads * Float64Array.BYTES_PER_ELEMENT);
}
