import { setTimeout, clearTimeout } from "../../ground/clock/real-time.ts";
import type { Turns } from "./turns.ts";

/** So often a guest may ask in vain in a row, and only ever lets others have one turn between. */
const MOST_IN_VAIN = 16;

/** Milliseconds that pass at most before it may ask again. */
const LONGEST_PAUSE = 20;

/** What may end a pause early. */
export type Change = () => Promise<unknown>;

/**
 * A guest that asks for something again and again without waiting for it: between two such questions the world goes on, and
 * when nothing comes of many, ever more time passes. A change of what it asked for ends the pause at once.
 */
export class Asking {
  readonly #turns: Turns;
  #inVain = 0;
  #changes: readonly Change[] = [];
  #isDue = false;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** True if the guest has asked in vain, and is to pause before it does it again. */
  get isDue(): boolean {
    return this.#isDue;
  }

  /** What the guest asked for is not there yet. */
  notYet(change?: Change): void {
    this.#inVain += 1;
    this.#isDue = true;
    if (change !== undefined) this.#changes = [...this.#changes, change];
  }

  /** What the guest asked for is there: it gets somewhere. */
  there(): void {
    this.#inVain = 0;
    this.#isDue = false;
    this.#changes = [];
  }

  /** Resolves when the guest may ask again. Never rejects. */
  async pause(): Promise<void> {
    const changes = this.#changes;
    const length = pauseAfter(this.#inVain);
    this.#changes = [];
    this.#isDue = false;
    await this.#turns.next();
    if (length > 0) await settledOrLate(changes, length);
  }
}

/** Milliseconds; 0 for a turn of the others only. */
function pauseAfter(inVain: number): number {
  return inVain <= MOST_IN_VAIN ? 0 : Math.min(2 ** (inVain - MOST_IN_VAIN - 1), LONGEST_PAUSE);
}

function settledOrLate(changes: readonly Change[], milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const changed = (): void => {
      clearTimeout(timer);
      resolve();
    };
    for (const change of changes) change().then(changed, changed);
  });
}
