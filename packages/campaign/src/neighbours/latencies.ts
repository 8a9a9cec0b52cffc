/** How long things took, in milliseconds. */
export class Latencies {
  readonly #values: number[] = [];

  note(milliseconds: number): void {
    this.#values.push(milliseconds);
  }

  /** Does it, and notes how long it took. @throws whatever it throws; then nothing is noted */
  async time<T>(what: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await what();
    this.note(performance.now() - begun);
    return result;
  }

  get count(): number {
    return this.#values.length;
  }

  /** The time within which this share of them were done, rounded up; 0 if there were none. */
  within(share: number): number {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return Math.ceil(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  }
}
