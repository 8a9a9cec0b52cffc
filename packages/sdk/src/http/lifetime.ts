/** How long an exchange may go on: until the caller's signal, its own time-out or a failure of its own ends it. */
export class Lifetime implements Disposable {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    if (outer?.aborted === true) this.#controller.abort(outer.reason);
    outer?.addEventListener("abort", this.#followOuter, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends it after a time, unless it is disposed of before. */
  limit(milliseconds: number, reason: () => unknown): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.end(reason());
    }, milliseconds);
  }

  end(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** It has ended well: nothing can end it any more. */
  [Symbol.dispose](): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#outer?.removeEventListener("abort", this.#followOuter);
  }

  readonly #followOuter = (): void => this.#controller.abort(this.#outer?.reason);
}
