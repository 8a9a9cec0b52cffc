import type { HostCalls } from "./host-calls.ts";

const POLL = "wasi:io/poll";
const CLOCK = "wasi:clocks/monotonic-clock";
const NANOSECONDS_PER_MILLISECOND = 1_000_000;

interface Timer {
  readonly id: number;
  readonly delay: bigint;
  repeats: boolean;
  readonly callback: () => void;
  /** The pollable that stands for it. The engine keeps the number alone. */
  handle: number;
}

/**
 * The event loop of a component's engine: timers are pollables of the host; when the program has nothing else to do, all are waited
 * for together, and one completion is taken at a time. Each call of the host that it makes is the engine's, in its order.
 */
export class EngineLoop {
  readonly #host: HostCalls;
  /** Lets all that is to happen in this thread without the host happen. */
  readonly #settle: () => Promise<void>;
  readonly #timers: Timer[] = [];
  /** The one whose callback runs. */
  #running: Timer | undefined;
  #nextId = 1;

  constructor(host: HostCalls, settle: () => Promise<void>) {
    this.#host = host;
    this.#settle = settle;
  }

  /** Runs what the program waits for until the promise is settled. */
  async run<T>(promise: Promise<T>): Promise<T> {
    const state: { isSettled: boolean } = { isSettled: false };
    const noted = promise.finally(() => {
      state.isSettled = true;
    });
    noted.catch(() => undefined);
    for (;;) {
      await this.#settle();
      if (state.isSettled) return promise;
      this.#take();
    }
  }

  /** `setTimeout` or `setInterval` of the engine. */
  set(
    callback: (...args: unknown[]) => unknown,
    milliseconds: unknown,
    args: readonly unknown[],
    repeats: boolean,
  ): number {
    if (typeof callback !== "function") throw new TypeError("setTimeout: first argument must be a function");
    const whole = Math.trunc(Number(milliseconds));
    const delay = BigInt(whole > 0 ? whole * NANOSECONDS_PER_MILLISECOND : 0);
    const id = this.#nextId;
    this.#nextId += 1;
    const call = (): void => void callback(...args);
    this.#timers.push({ id, delay, repeats, callback: call, handle: this.#subscribe(delay) });
    return id;
  }

  clear(id: unknown): void {
    if (this.#running?.id === Number(id)) this.#running.repeats = false;
    const at = this.#timers.findIndex((timer) => timer.id === Number(id));
    if (at < 0) return;
    const [timer] = this.#timers.splice(at, 1);
    if (timer !== undefined) this.#drop(timer);
  }

  #take(): void {
    if (this.#timers.length === 0) {
      throw new Error(
        "event loop error - both task and job queues are empty, but expected operations did not resolve",
      );
    }
    const handles = this.#timers.map(({ handle }) => handle);
    const [ready = 0] = this.#host.call(POLL, "poll", [handles]) as Uint32Array;
    const [timer] = this.#timers.splice(ready, 1);
    if (timer === undefined) throw new Error(`The host has found ready what was not waited for: ${ready}`);
    this.#running = timer;
    timer.callback();
    this.#running = undefined;
    this.#drop(timer);
    if (!timer.repeats) return;
    timer.handle = this.#subscribe(timer.delay);
    this.#timers.push(timer);
  }

  #subscribe(delay: bigint): number {
    const now = this.#host.call(CLOCK, "now", []) as bigint;
    return this.#host.call(CLOCK, "subscribe-instant", [now + delay]) as number;
  }

  #drop({ handle }: Timer): void {
    this.#host.call(POLL, "[resource-drop]pollable", [handle]);
  }
}
