import type { OplogRegion } from "../oplog/entry.ts";

/**
 * What the present invocation has begun as one: atomic regions and remote writes, by the index of their `Begin…`.
 * What an earlier invocation left open is over with it.
 */
export class OpenRegions {
  readonly #open = new Set<number>();
  /** `Begin…` → `End…`. */
  readonly #ended = new Map<number, number>();

  /** True while what fails is to be done again from a begin that is recorded already. */
  get any(): boolean {
    return this.#open.size > 0;
  }

  begin(index: number): void {
    this.#open.add(index);
  }

  end(beginIndex: number, index: number): void {
    if (this.#open.delete(beginIndex)) this.#ended.set(beginIndex, index);
  }

  endAll(): void {
    this.#open.clear();
    this.#ended.clear();
  }

  /** Those that began in a deleted part never were; those that only ended there are open again. */
  delete({ start, end }: OplogRegion): void {
    for (const begin of this.#open) if (begin >= start && begin <= end) this.#open.delete(begin);
    for (const [begin, ended] of this.#ended) {
      if (ended < start || ended > end) continue;
      this.#ended.delete(begin);
      if (begin < start) this.#open.add(begin);
    }
  }

  /**
   * True if everything from this begin to its end is there to be replayed. It is not if its end is missing, nor if
   * another one that began before the end is to be done again: the end is lost with that.
   */
  isComplete(begin: number): boolean {
    if (this.#open.has(begin)) return false;
    const end = this.#ended.get(begin) ?? begin;
    return ![...this.#open].some((other) => other > begin && other < end);
  }
}
