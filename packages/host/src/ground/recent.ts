/** The values that were used last, up to a number of them. */
export class Recent<Key, Value> {
  readonly #most: number;
  readonly #values = new Map<Key, Value>();

  /** @param most how many are kept, at least 1 */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) this.#insert(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.#insert(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#most) break;
      this.#values.delete(oldest);
    }
  }

  /** Returns the value, and keeps it no more. */
  take(key: Key): Value | undefined {
    const value = this.#values.get(key);
    this.#values.delete(key);
    return value;
  }

  delete(key: Key): void {
    this.#values.delete(key);
  }

  /** As the newest. */
  #insert(key: Key, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
  }
}
