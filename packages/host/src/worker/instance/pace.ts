import { type Asked, Asking } from "../../engine/preemption/asking.ts";
import type { Turns } from "../../engine/preemption/turns.ts";
import type { YieldPolicy } from "../../engine/preemption/yielding.ts";
import { realNow } from "../../ground/clock/real-time.ts";
import type { Interruption } from "../../journal/interruption.ts";
import type { Journal } from "../../journal/journal.ts";
import type { LimitGuard } from "./limit-guard.ts";

/** So many host calls pass between two looks at the clock: a guest that calls the host computes little itself. */
const CALLS_AT_ONCE = 16;

/** Slices without a wait after which a guest has computed much: 100 ms. */
const MUCH = 20;

/** Milliseconds of computing without a wait after which whoever runs the host is told. */
const LONG = 10_000;

export interface PaceParts {
  readonly turns: Turns;
  /** @default none: it may take what it wants */
  readonly guard: LimitGuard | undefined;
  readonly interruption: Interruption;
  readonly journal: Journal;
  /** Is told once of each call that computes for long. */
  readonly notice: (message: string) => void;
  /** Asks the instance to yield at its next yield point. */
  readonly yieldSoon: () => void;
}

/** How one instance goes on: when it lets others have their turn, and whether it may go on at all. */
export class Pace implements YieldPolicy {
  readonly #parts: PaceParts;
  readonly #asking: Asking;
  #calls = 0;
  /** Since it last waited. */
  #slices = 0;
  /** Since when it computes without a wait, as far as was looked; `told` if that was long. */
  #since: number | "told" | undefined;

  constructor(parts: PaceParts) {
    this.#parts = parts;
    this.#asking = new Asking(parts.turns);
  }

  /** A call of the guest begins. @throws Signal if the worker has taken more than it may */
  begin(): void {
    this.#waited();
    this.#assertWithin();
  }

  /** The instance is not used any more. */
  release(): void {
    this.#parts.guard?.release();
  }

  /** The guest calls the host. */
  called(): void {
    this.#calls += 1;
    if (this.#calls % CALLS_AT_ONCE === 0 && this.#parts.turns.isOver) this.#parts.yieldSoon();
  }

  /** The guest is about to wait. @throws Signal if it is to end, or the worker has taken more than it may */
  waits(): void {
    this.#waited();
    this.#asking.there();
    this.resumed();
  }

  /** What the guest asked for is not there yet. @param changes each resolves when that may be over */
  notYet(asked: Asked, changes: Parameters<Asking["notYet"]>[1]): void {
    this.#asking.notYet(asked, changes);
    if (this.#asking.isDue) this.#parts.yieldSoon();
  }

  /** @param asked what the guest asked for, and is there. @default something new */
  there(asked?: Asked): void {
    this.#asking.there(asked);
  }

  isDue(): boolean {
    return this.#asking.isDue || this.#parts.turns.isOver;
  }

  pause(): Promise<void> {
    this.#noteComputing();
    if (this.#asking.isDue) return this.#asking.pause();
    this.#slices += 1;
    return this.#parts.turns.next(this.#slices > MUCH ? "much" : "little");
  }

  resumed(): void {
    this.#parts.interruption.assertNone();
    this.#assertWithin();
  }

  #waited(): void {
    this.#since = undefined;
    this.#slices = 0;
  }

  /** What was recorded before may be replayed, whatever it took. */
  #assertWithin(): void {
    const { journal, guard, interruption } = this.#parts;
    const excess = guard !== undefined && journal.live ? guard.excess : undefined;
    if (excess === undefined) return;
    interruption.end({ type: "limit", details: excess });
    interruption.assertNone();
  }

  #noteComputing(): void {
    this.#since ??= realNow();
    if (this.#since === "told" || realNow() - this.#since < LONG) return;
    this.#since = "told";
    this.#parts.notice(
      `It has computed for ${LONG / 1_000} s without waiting for anything, and goes on in slices: nobody else is held up. ` +
        "What to do: nothing, if it is meant to; otherwise interrupt it, and look for an endless loop.",
    );
  }
}
