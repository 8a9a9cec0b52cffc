import { clearTimeout, realNow, setTimeout } from "./real-time.ts";

/** Node's timers take 32-bit milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Something that is due at a time. */
export interface Due {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The worker that it is for, as `component/worker`, if it is for one. */
  readonly worker: string | undefined;
}

interface Timer extends Due {
  readonly action: () => void;
  alarm: NodeJS.Timeout | undefined;
}

/** The earliest of these, `undefined` of none. */
export function earliest<T extends Due>(dues: Iterable<T>): T | undefined {
  let first: T | undefined;
  for (const due of dues) if (first === undefined || due.at < first.at) first = due;
  return first;
}

/**
 * The host's time in one thread: the machine's, plus what a test has let pass. All threads share the latter. Everything
 * that waits for time in the host waits here.
 */
export class HostClock {
  readonly #ahead: BigInt64Array;
  readonly #timers = new Set<Timer>();

  /** @param ahead milliseconds that the clock is ahead of the machine's: eight bytes, shared by all threads */
  constructor(ahead: SharedArrayBuffer) {
    this.#ahead = new BigInt64Array(ahead);
  }

  /** Milliseconds that it is ahead of the machine's clock. */
  get ahead(): number {
    return Number(Atomics.load(this.#ahead, 0));
  }

  /** Milliseconds since the epoch, with fractions. */
  readonly now = (): number => realNow() + this.ahead;

  /** What is due first; `undefined` if nothing is. */
  get next(): Due | undefined {
    const first = earliest(this.#timers);
    return first && { at: first.at, worker: first.worker };
  }

  /** What is due for workers at some time. */
  get workers(): readonly Due[] {
    const timers = [...this.#timers].filter(({ worker }) => worker !== undefined);
    return timers.map(({ at, worker }) => ({ at, worker }));
  }

  /**
   * Does something at a time, or soon if that has passed.
   *
   * @param at milliseconds since the epoch
   * @param worker for which it is done, as `component/worker`
   * @returns calls it off
   */
  timer(at: number, action: () => void, worker?: string): () => void {
    const timer: Timer = { at, worker, action, alarm: undefined };
    this.#timers.add(timer);
    this.#arm(timer);
    return () => {
      clearTimeout(timer.alarm);
      this.#timers.delete(timer);
    };
  }

  /**
   * Resolves when so many milliseconds have passed, or when the signal is aborted.
   *
   * @param worker that waits, as `component/worker`
   */
  sleep(milliseconds: number, signal?: AbortSignal, worker?: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (signal?.aborted === true) return Promise.resolve();
    const cancel = this.timer(this.now() + milliseconds, resolve, worker);
    signal?.addEventListener("abort", () => {
      cancel();
      resolve();
    });
    return promise;
  }

  /** Moves the time of all threads on. Each thread has to be told that it was moved. @param at milliseconds since the epoch */
  moveTo(at: number): void {
    const missing = Math.ceil(at - this.now());
    if (missing > 0) Atomics.add(this.#ahead, 0, BigInt(missing));
  }

  /** Time was moved: what is due is done, the earliest first. */
  moved(): void {
    const due = [...this.#timers].filter(({ at }) => at <= this.now()).toSorted((a, b) => a.at - b.at);
    for (const timer of due) this.#ring(timer);
    for (const timer of this.#timers) this.#arm(timer);
  }

  #arm(timer: Timer): void {
    clearTimeout(timer.alarm);
    const wait = Math.min(Math.max(0, Math.ceil(timer.at - this.now())), LONGEST_TIMER);
    timer.alarm = setTimeout(() => (timer.at <= this.now() ? this.#ring(timer) : this.#arm(timer)), wait);
  }

  #ring(timer: Timer): void {
    clearTimeout(timer.alarm);
    if (this.#timers.delete(timer)) timer.action();
  }
}
