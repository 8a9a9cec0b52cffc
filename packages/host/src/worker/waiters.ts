/** Callers that wait for the results of invocations, by idempotency key. */
export class Waiters {
  readonly #waiting = new Map<string, PromiseWithResolvers<unknown>>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  wait(idempotencyKey: string): Promise<unknown> {
    let waiter = this.#waiting.get(idempotencyKey);
    if (waiter === undefined) {
      waiter = Promise.withResolvers<unknown>();
      this.#waiting.set(idempotencyKey, waiter);
    }
    return waiter.promise;
  }

  resolve(idempotencyKey: string, value: unknown): void {
    this.#take(idempotencyKey)?.resolve(value);
  }

  reject(idempotencyKey: string, error: unknown): void {
    this.#take(idempotencyKey)?.reject(error);
  }

  /** Tells those who wait for an invocation that never comes. */
  rejectUnless(isKnown: (idempotencyKey: string) => boolean, error: unknown): void {
    for (const key of this.#waiting.keys()) if (!isKnown(key)) this.reject(key, error);
  }

  rejectAll(error: unknown): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiter of waiting) waiter.reject(error);
  }

  #take(idempotencyKey: string): PromiseWithResolvers<unknown> | undefined {
    const waiter = this.#waiting.get(idempotencyKey);
    this.#waiting.delete(idempotencyKey);
    return waiter;
  }
}
