import { setTimeout, clearTimeout } from "../../ground/clock/real-time.ts";
import type { Turns } from "./turns.ts";

/** So many rounds of asking in vain in a row are followed by one turn of the others only. */
const FREE_ROUNDS = 16;

/** Milliseconds that pass at most before the guest may ask again. */
const LONGEST_PAUSE = 20;

/** A round of asking ends after so many things at the latest: no more of them are remembered. */
const LARGEST_ROUND = 256;

/** What a guest can ask for: a resource, or a text that is the same whenever it asks for the same. */
export type Asked = object | string;

type Change = () => Promise<unknown>;

/**
 * A guest that asks again and again for what is not there yet, without waiting for it. Before it asks for the same once
 * more, the world goes on; and when nothing comes of many rounds, ever more time passes between two of them. A change of
 * anything that it asked for ends that pause at once.
 *
 * A guest that looks after many things in turn pauses once a round, not at each of them.
 */
export class Asking {
  readonly #turns: Turns;
  /** What was not there in this round. */
  readonly #missing = new Set<Asked>();
  #rounds = 0;
  #isDue = false;
  /** Each is listened to once, however often it is given. */
  readonly #awaited = new WeakSet<Promise<unknown>>();
  #hasChanged = false;
  #endPause: (() => void) | undefined;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** True if the guest has asked in vain, and is to pause before it does it again. */
  get isDue(): boolean {
    return this.#isDue;
  }

  /** What the guest asked for is not there yet. @param changes each resolves when that may be over */
  notYet(asked: Asked, changes: readonly (Change | undefined)[]): void {
    const { size } = this.#missing;
    if (size === 0 || size === LARGEST_ROUND || this.#missing.has(asked)) {
      this.#missing.clear();
      this.#rounds += 1;
      this.#isDue = true;
    }
    this.#missing.add(asked);
    for (const change of changes) {
      if (change !== undefined) this.#await(change());
    }
  }

  /**
   * What the guest asked for is there: it gets somewhere.
   *
   * @param asked what it could get again and again, which counts only if it was not there before. @default something new
   */
  there(asked?: Asked): void {
    if (asked !== undefined && !this.#missing.has(asked)) return;
    this.#missing.clear();
    this.#rounds = 0;
    this.#isDue = false;
  }

  /** Resolves when the guest may ask again. Never rejects. */
  async pause(): Promise<void> {
    this.#isDue = false;
    const length = pauseAfter(this.#rounds);
    await this.#turns.next("little");
    if (length > 0 && !this.#hasChanged) await this.#changeWithin(length);
    this.#hasChanged = false;
  }

  #await(change: Promise<unknown>): void {
    if (this.#awaited.has(change)) return;
    this.#awaited.add(change);
    const changed = (): void => {
      this.#hasChanged = true;
      this.#endPause?.();
    };
    change.then(changed, changed);
  }

  #changeWithin(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#endPause = undefined;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#endPause = end;
    });
  }
}

/** Milliseconds; 0 for a turn of the others only. */
function pauseAfter(rounds: number): number {
  return rounds <= FREE_ROUNDS ? 0 : Math.min(2 ** (rounds - FREE_ROUNDS - 1), LONGEST_PAUSE);
}
