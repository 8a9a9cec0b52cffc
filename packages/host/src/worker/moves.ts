import type { MoveOutcome } from "../ground/api/moves.ts";

/** Those who wait for what comes of updates, by the indexes of their `PendingUpdate`. */
export class Moves {
  readonly #waiting = new Map<number, PromiseWithResolvers<MoveOutcome>>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  wait(index: number): Promise<MoveOutcome> {
    const waiter = this.#waiting.get(index) ?? Promise.withResolvers<MoveOutcome>();
    this.#waiting.set(index, waiter);
    return waiter.promise;
  }

  settle(index: number, outcome: MoveOutcome): void {
    this.#waiting.get(index)?.resolve(outcome);
    this.#waiting.delete(index);
  }

  /** For those whose update nothing comes of any more. */
  settleUnless(isPending: (index: number) => boolean, outcome: MoveOutcome): void {
    for (const index of this.#waiting.keys()) if (!isPending(index)) this.settle(index, outcome);
  }
}
