import { realNow, setImmediate } from "../ground/clock/real-time.ts";

/** How long a thread stays awake for the next message, in milliseconds: about as long as a short call takes. */
const PATIENCE = 0.2;

/** After so many times in vain in a row, staying awake is tried ever more rarely. */
const MOST_MISSES = 2;

/** The most messages that are let pass before it is tried again. */
const LONGEST_PAUSE = 1_024;

/**
 * Keeps a thread awake for a moment when it expects a message: to wake a sleeping thread takes longer than a short call.
 * Where the processors are busy the message comes too late anyway; then the thread sleeps, and tries again now and then.
 * Everything else that the thread has to do goes on meanwhile.
 */
export class Attention {
  #until = 0;
  #awake = false;
  #misses = 0;
  #pause = 0;

  /** True while the thread stays awake. */
  get awake(): boolean {
    return this.#awake;
  }

  /** A message is expected soon. */
  expect(): void {
    if (this.#pause > 0) {
      this.#pause -= 1;
      return;
    }
    this.#until = realNow() + PATIENCE;
    if (this.#awake) return;
    this.#awake = true;
    setImmediate(this.#watch);
  }

  /** A message has come. */
  met(): void {
    if (!this.#awake) return;
    this.#awake = false;
    this.#misses = 0;
  }

  readonly #watch = (): void => {
    if (!this.#awake) return;
    if (realNow() < this.#until) {
      setImmediate(this.#watch);
      return;
    }
    this.#awake = false;
    this.#misses += 1;
    if (this.#misses > MOST_MISSES) this.#pause = Math.min(2 ** this.#misses, LONGEST_PAUSE);
  };
}
