import { realNow } from "../../ground/clock/real-time.ts";
import { FUEL, YIELD } from "./yield-points.ts";
import { YIELD_MODULE } from "./yield-module.ts";

/** Yield points that are passed between two looks at the clock: well below a millisecond. */
const FUEL_AT_ONCE = 50_000;

/**
 * Milliseconds for which a guest may compute where it cannot be suspended: in what the host calls of it to pass a value,
 * its `cabi_realloc` and `cabi_post_…`. They allocate and free memory, and may collect garbage meanwhile.
 */
const LONGEST_UNSUSPENDED = 2_000;

/** Proposed functions of JavaScript promise integration, which the types do not have yet. */
const { Suspending } = WebAssembly as unknown as {
  readonly Suspending: new (fn: () => Promise<void>) => WebAssembly.ImportValue;
};

/** What decides how long a guest computes without a pause. */
export interface YieldPolicy {
  /** Asked now and then while the guest computes: true if others are to have their turn. */
  isDue(): boolean;
  /** The pause: resolves when the guest may go on. Never rejects. */
  pause(): Promise<void>;
  /** The guest goes on, from a pause or because there could be none. @throws whatever ends the guest */
  resumed(): void;
}

/** The yield points of one instance of a component, in all of its core modules. */
export class Yielding {
  readonly #policy: YieldPolicy;
  readonly #longestUnsuspended: number;
  readonly #counters: WebAssembly.Global[] = [];
  #paused = false;
  /** Since when it could not be suspended although others were to have their turn. */
  #stuckSince: number | undefined;

  /** @param longestUnsuspended milliseconds for which the guest may compute where it cannot be suspended */
  constructor(policy: YieldPolicy, longestUnsuspended = LONGEST_UNSUSPENDED) {
    this.#policy = policy;
    this.#longestUnsuspended = longestUnsuspended;
  }

  /** Has a core instance yield, if {@link withYieldPoints} has prepared its module. */
  add({ exports }: WebAssembly.Instance): void {
    const { [FUEL]: counter, [YIELD]: table } = exports;
    if (!(counter instanceof WebAssembly.Global) || !(table instanceof WebAssembly.Table)) return;
    this.#counters.push(counter);
    const { exports: yielding } = new WebAssembly.Instance(YIELD_MODULE, {
      host: {
        isDue: () => {
          counter.value = FUEL_AT_ONCE;
          return this.#isDue() ? 1 : 0;
        },
        pause: new Suspending(() => {
          this.#paused = true;
          return this.#policy.pause();
        }),
        resumed: () => this.#resumed(),
      },
    });
    table.set(0, yielding["yield"]);
  }

  /** The policy is asked at the next yield point, however far it is in time. */
  soon(): void {
    for (const counter of this.#counters) counter.value = 0;
  }

  #isDue(): boolean {
    const due = this.#policy.isDue();
    if (!due) this.#stuckSince = undefined;
    this.#paused = false;
    return due;
  }

  #resumed(): void {
    if (this.#paused) this.#stuckSince = undefined;
    else this.#assertNotStuck();
    this.#policy.resumed();
  }

  #assertNotStuck(): void {
    this.#stuckSince ??= realNow();
    if (realNow() - this.#stuckSince < this.#longestUnsuspended) return;
    throw new Error(
      `The component computes for more than ${this.#longestUnsuspended / 1_000} s while the host passes a value to it or from it ` +
        "(in cabi_realloc or cabi_post_…), where it cannot be interrupted. What to do: look for an endless loop there.",
    );
  }
}
