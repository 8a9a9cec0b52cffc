import type { Pollable } from "wasi:io/poll@0.2.0";

import { wait } from "../event-loop.ts";

/**
 * What the functions of a generated client return: `future-…-result`.
 *
 * @example
 * ```ts
 * const future: Future<readonly string[]> = orders.get();
 * const placed = await call(future);
 * ```
 */
export interface Future<T> {
  /** Makes a pollable that is ready when the call has come to its end. */
  subscribe(): Pollable;
  /** `undefined` while the call runs; the value can be taken once. */
  get(): T | undefined;
}

/**
 * Waits for a call to another worker. Calls that were started before the first is awaited run side by side, and all are
 * waited for together. The future is disposed of.
 *
 * A WIT `result` is given as `{ tag, val }`; {@link unwrap} makes an exception of its `err`. What goes wrong on the way
 * (an unknown component, a failed worker) traps this worker, and Golem retries.
 *
 * Stands on `subscribe` and `get` of the client's future, and `wasi:io/poll.poll`.
 *
 * @example
 * ```ts
 * const [tea, coffee] = await Promise.all([call(teaOrder.get()), call(coffeeOrder.get())]);
 * ```
 */
export async function call<T>(future: Future<T>): Promise<T> {
  using owned = disposable(future);
  for (;;) {
    await wait(() => owned.value.subscribe());
    const value = owned.value.get();
    if (value !== undefined) return value;
  }
}

/** A handle of the bindings, whose type may not say that it is one. */
function disposable<T>(value: T): Disposable & { readonly value: T } {
  return {
    value,
    [Symbol.dispose]() {
      if (typeof value === "object" && value !== null && Symbol.dispose in value) {
        (value as Disposable)[Symbol.dispose]();
      }
    },
  };
}
