import { poll, type Pollable } from "wasi:io/poll@0.2.0";

/**
 * Waits for pollables beside the engine, for runtimes where the engine cannot be made to wait for them: one blocking
 * poll for all that is outstanding, whenever the program has nothing else to do. While it blocks, the engine's own
 * timers and requests stand still.
 */
class BlockingTurns {
  readonly #waiting = new Map<Pollable, () => void>();
  #turn: ReturnType<typeof setTimeout> | undefined;

  /** Calls `wake` once `pollable` is ready, and drops the pollable; the returned function does that without the call. */
  add(pollable: Pollable, wake: () => void): () => void {
    this.#waiting.set(pollable, wake);
    this.#schedule();
    return () => this.#remove(pollable);
  }

  #schedule(): void {
    this.#turn ??= setTimeout(() => this.#take(), 0);
  }

  #take(): void {
    this.#turn = undefined;
    const waiting = [...this.#waiting];
    for (const index of poll(waiting.map(([pollable]) => pollable))) {
      const [pollable, wake] = waiting[index] ?? [];
      if (pollable === undefined || !this.#remove(pollable)) continue;
      wake?.();
    }
    if (this.#waiting.size > 0) this.#schedule();
  }

  #cancel(): void {
    clearTimeout(this.#turn);
    this.#turn = undefined;
  }

  #remove(pollable: Pollable): boolean {
    if (!this.#waiting.delete(pollable)) return false;
    pollable[Symbol.dispose]();
    if (this.#waiting.size === 0) this.#cancel();
    return true;
  }
}

/** All that waits this way must wait in the same poll. */
export const blockingTurns = new BlockingTurns();
