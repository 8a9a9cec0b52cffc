import { poll, type Pollable } from "wasi:io/poll@0.2.0";

interface Waiting {
  readonly pollable: Pollable;
  readonly wake: () => void;
}

/** Makes the pollable of a timer that the engine runs itself. */
export type Alarm = () => Pollable;

/**
 * Turns pollables into promises.
 *
 * The engine waits by itself only for its own timers and for `fetch`; every other wait is a blocking poll. This loop
 * blocks once for all that is outstanding, and not before the program has nothing else to do: one turn runs after the
 * microtasks, when the engine looks for its next timer. While it blocks, the engine's own timers and requests stand
 * still; it wakes for those that were announced as alarms.
 */
class EventLoop {
  readonly #waiting = new Set<Waiting>();
  readonly #alarms = new Set<Alarm>();
  #turnIsDue = false;

  /** Resolves when `pollable` is ready. The caller keeps the handle, and drops it afterwards. */
  ready(pollable: Pollable): Promise<void> {
    return new Promise((wake) => {
      this.#waiting.add({ pollable, wake });
      this.#schedule();
    });
  }

  /** Until the returned function is called, a turn ends at the latest when the alarm's pollable is ready. */
  announce(alarm: Alarm): () => void {
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  #schedule(): void {
    if (this.#turnIsDue) return;
    this.#turnIsDue = true;
    setTimeout(() => this.#turn(), 0);
  }

  #turn(): void {
    this.#turnIsDue = false;
    const waiting = [...this.#waiting];
    using alarms = new DisposableStack();
    const alarmPollables = Array.from(this.#alarms, (alarm) => alarms.use(alarm()));
    const ready = poll([...waiting.map((each) => each.pollable), ...alarmPollables]);
    for (const index of ready) {
      const woken = waiting[index];
      if (woken !== undefined && this.#waiting.delete(woken)) woken.wake();
    }
    if (this.#waiting.size > 0) this.#schedule();
  }
}

/** The one loop of a component: all that waits must wait in the same poll. */
export const eventLoop = new EventLoop();
