import { setImmediate } from "node:timers/promises";

/**
 * What Node does outside of this thread for a program, and the engine of a component does at once: cryptography and compression.
 * The program's next call of the host is to come after it, as it did in the component.
 */
export class NodeWork {
  readonly #resources: () => readonly string[];
  /** Of the process itself. */
  readonly #others: number;
  #pending = 0;

  /** @param resources what keeps the process alive, each by a word */
  constructor(resources: () => readonly string[]) {
    this.#resources = resources;
    this.#others = resources().length;
  }

  /** Counts the promises that these functions return until they are settled. */
  watch(owner: object, names: readonly string[]): void {
    for (const name of names) {
      const native = Reflect.get(owner, name) as (...args: readonly unknown[]) => Promise<unknown>;
      const value = (...args: readonly unknown[]): Promise<unknown> =>
        this.#during(native.apply(owner, [...args]));
      Object.defineProperty(owner, name, { value, configurable: true, writable: true });
    }
  }

  /** Resolves when all is done, and whatever waited for it has run. */
  readonly settled = async (): Promise<void> => {
    do await setImmediate();
    while (this.#pending > 0 || this.#resources().length > this.#others);
  };

  async #during<T>(work: Promise<T>): Promise<T> {
    this.#pending += 1;
    try {
      return await work;
    } finally {
      this.#pending -= 1;
    }
  }
}
