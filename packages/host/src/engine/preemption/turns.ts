import { realNow, setImmediate } from "../../ground/clock/real-time.ts";

/** Milliseconds for which guests of one thread compute before whatever else the thread has to do is looked at. */
const SLICE = 5;

/** What who waits for a turn has computed since it last waited for something else: `nothing` if it is yet to begin. */
export type Computed = "little" | "nothing" | "much";

/** Turns go around these, past those who do not wait. */
const ORDER: readonly Computed[] = ["little", "nothing", "much"];

/**
 * Who may compute when, in one thread. Guests that compute for long have one slice after the other, each in its turn; between
 * two slices the thread does everything else that has come meanwhile. So one guest costs all others a slice at most, and
 * twenty cost them no more: who has computed little has every third turn at least, however many there are that have computed much.
 */
export class Turns {
  readonly #waiting: Readonly<Record<Computed, (() => void)[]>> = { little: [], nothing: [], much: [] };
  #order = ORDER;
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

  /** Resolves when everything else has been looked at, and it is the turn of whoever asks. */
  next(computed: Computed): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (!this.#isWaiting) setImmediate(this.#grant);
    this.#waiting[computed].push(resolve);
    return promise;
  }

  get #isWaiting(): boolean {
    return ORDER.some((computed) => this.#waiting[computed].length > 0);
  }

  readonly #grant = (): void => {
    this.#since = undefined;
    const whose = this.#order.findIndex((computed) => this.#waiting[computed].length > 0);
    const computed = this.#order[whose];
    if (computed === undefined) return;
    // They come last now.
    this.#order = [...this.#order.toSpliced(whose, 1), computed];
    this.#waiting[computed].shift()?.();
    if (this.#isWaiting) setImmediate(this.#grant);
  };
}
