import { realNow, setImmediate } from "../../ground/clock/real-time.ts";

/** Milliseconds for which guests of one thread compute before whatever else the thread has to do is looked at. */
const SLICE = 5;

/**
 * Who may compute when, in one thread. Guests that compute for long have one slice after the other, each in its turn; between
 * two slices the thread does everything else that has come meanwhile. So one guest costs all others a slice at most, and
 * twenty cost them no more.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  /** When the thread began to compute since it last looked; `undefined` if nobody has asked since. */
  #since: number | undefined;

  /** True if the thread has computed for a whole slice. Costs a look at the clock. */
  get isOver(): boolean {
    const now = realNow();
    if (this.#since === undefined) {
      this.#since = now;
      setImmediate(() => {
        this.#since = undefined;
      });
    }
    return now - this.#since >= SLICE;
  }

  /** Resolves when everything else has been looked at, and it is this guest's turn again. */
  next(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    if (this.#waiting.length === 1) setImmediate(this.#grant);
    return promise;
  }

  readonly #grant = (): void => {
    this.#since = undefined;
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) setImmediate(this.#grant);
  };
}
