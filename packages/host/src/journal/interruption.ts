import { Signal, type SignalReason } from "./signals.ts";

/** How what an instance does is ended from outside: at its next host call, or in the one that waits now. */
export class Interruption {
  #reason: SignalReason | undefined;
  #reject: ((signal: Signal) => void) | undefined;

  /** Why the instance was told to end, if it was. */
  get reason(): SignalReason | undefined {
    return this.#reason;
  }

  end(reason: SignalReason): void {
    this.#reason = reason;
    this.#reject?.(new Signal(reason));
  }

  /** @throws Signal if the instance is being ended */
  assertNone(): void {
    if (this.#reason !== undefined) throw new Signal(this.#reason);
  }

  /** What the instance waits for now. @returns rejects with a Signal if it is ended meanwhile */
  async orEnd<T>(promise: Promise<T>): Promise<T> {
    const ended = Promise.withResolvers<never>();
    this.#reject = ended.reject;
    try {
      return await Promise.race([promise, ended.promise]);
    } finally {
      this.#reject = undefined;
    }
  }
}
