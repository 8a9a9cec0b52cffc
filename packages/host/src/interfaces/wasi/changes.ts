/** Tells those who wait that something has changed, again and again. */
export class Changes {
  #next = Promise.withResolvers<void>();

  /** Resolves at the next change. */
  next(): Promise<void> {
    return this.#next.promise;
  }

  notify(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }
}
