import { subscribeDuration } from "wasi:clocks/monotonic-clock@0.2.0";
import { poll, type Pollable } from "wasi:io/poll@0.2.0";

/** Something that can be waited for. */
interface Waitable {
  subscribe(): Pollable;
}

/** An end for waits: a clock that rings when they have taken too long together. */
export class Deadline implements Disposable {
  readonly #seconds: number;
  readonly #alarm: Pollable;

  constructor(seconds: number) {
    this.#seconds = seconds;
    this.#alarm = subscribeDuration(BigInt(seconds) * 1_000_000_000n);
  }

  /** Waits until an operation may make progress. @throws Error when the time is over before */
  wait(waitable: Waitable, awaited: string): void {
    using pollable = waitable.subscribe();
    const ready = poll([pollable, this.#alarm]);
    if (!ready.includes(0)) throw new Error(`${awaited} has not come within ${this.#seconds} s`);
  }

  [Symbol.dispose](): void {
    this.#alarm[Symbol.dispose]();
  }
}
