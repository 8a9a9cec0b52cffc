import type { Pollable } from "wasi:io/poll@0.2.0";

/** The bindings keep the number of a handle under a symbol of this description; a disposal drops what is there. */
const HANDLE = "handle";

/** Of the engine, which gives numbers. */
export type TimerId = ReturnType<typeof setTimeout>;

/**
 * Makes the engine wait for a pollable as it waits for its own timers and requests, and call `wake` once when it is
 * ready. `clearTimeout` of the result ends the wait. The engine owns the pollable and drops it in either case.
 *
 * The engine has no function for this, but a timer is nothing to it but a pollable and a callback. So a timer is set,
 * its pollable is dropped, and the other one is made in its place: of handles the component model takes the index that
 * was freed last (Canonical ABI, `Table.add`). Every step is checked, so that on a runtime that numbers handles in
 * another way the answer is `undefined`, and nothing has changed.
 *
 * Costs three subscriptions, and one reading of the clock by the engine.
 */
export function adoptPollable(subscribe: () => Pollable, wake: () => void): TimerId | undefined {
  const probe = new HandleSlot(subscribe());
  const { index } = probe;
  probe.drop();
  if (index === undefined) return undefined;

  const timer = setTimeout(wake, 0);
  const spare = new HandleSlot(subscribe());
  const spareIndex = spare.index;
  if (spareIndex === index) {
    // The timer's pollable is somewhere else.
    spare.drop();
    clearTimeout(timer);
    return undefined;
  }

  spare.put(index);
  spare.drop();
  const adopted = subscribeAt(index, subscribe);
  adopted.put(spareIndex);
  adopted.drop();
  return timer;
}

/** The next handle has the index that was freed last, unless the engine's collector has freed others in between. */
function subscribeAt(index: number, subscribe: () => Pollable): HandleSlot {
  const others: HandleSlot[] = [];
  try {
    for (;;) {
      const slot = new HandleSlot(subscribe());
      if (slot.index === index) return slot;
      others.push(slot);
    }
  } finally {
    for (const other of others) other.drop();
  }
}

/** An object of the bindings, apart from the handle that it holds at the moment. */
class HandleSlot {
  readonly #holder: Pollable;
  readonly #key: symbol | undefined;

  constructor(holder: Pollable) {
    this.#holder = holder;
    this.#key = Object.getOwnPropertySymbols(holder).find((symbol) => symbol.description === HANDLE);
  }

  /** `undefined` if the bindings keep handles in another way. */
  get index(): number | undefined {
    const index: unknown = this.#key && Reflect.get(this.#holder, this.#key);
    return typeof index === "number" ? index : undefined;
  }

  put(index: number | undefined): void {
    if (this.#key) Reflect.set(this.#holder, this.#key, index);
  }

  /** Drops the handle that it holds; its own finalizer is called off. */
  drop(): void {
    this.#holder[Symbol.dispose]();
  }
}
