import type { HostClock } from "../clock/host-clock.ts";
import type { SimulatedClock } from "../simulation.ts";
import type { ShardThread } from "./shard-thread.ts";

/** So often time is moved on before it is believed that this has no end. */
const MOST_STEPS = 10_000;

/** No sleep is so long, in milliseconds: 100 years. Sleeps that become longer and longer come to it soon. */
const LONGEST_TIME = 100 * 365 * 86_400_000;

/** The clock of the router and of all shards, which is moved on only while nothing moves by itself. */
export class ShardedClock implements SimulatedClock {
  readonly #clock: HostClock;
  readonly #shards: readonly ShardThread[];
  readonly #settled: () => Promise<void>;

  constructor(clock: HostClock, shards: readonly ShardThread[], settled: () => Promise<void>) {
    this.#clock = clock;
    this.#shards = shards;
    this.#settled = settled;
  }

  now(): number {
    return this.#clock.now();
  }

  get ahead(): number {
    return this.#clock.ahead;
  }

  async advance(milliseconds: number): Promise<void> {
    if (!(milliseconds >= 0 && Number.isFinite(milliseconds)))
      throw new RangeError(`The clock cannot be moved by ${milliseconds} ms: time only goes on`);
    const end = this.now() + milliseconds;
    await this.#pass(end);
    await this.#moveTo(end);
  }

  async runUntilIdle(): Promise<void> {
    await this.#pass(Number.POSITIVE_INFINITY);
  }

  /** Goes from one timer to the next as long as there is one until then. */
  async #pass(end: number): Promise<void> {
    const start = this.now();
    let step = 0;
    for (; step < MOST_STEPS; step += 1) {
      await this.#settled();
      const next = await this.#next();
      if (next === undefined || next > end) return;
      if (end === Number.POSITIVE_INFINITY && next - start > LONGEST_TIME) break;
      await this.#moveTo(next);
    }
    throw new Error(
      `Something is due again and again: after ${step} steps and ${Math.round(this.now() - start)} ms of the host's time ` +
        "somebody still waits for time. What to do: look for a loop that sleeps, or a promise that nobody has completed, and advance the clock by a given time",
    );
  }

  async #next(): Promise<number | undefined> {
    const timers = await Promise.all(this.#shards.map((shard) => shard.channel.call("nextTimer")));
    const all = [...timers, this.#clock.next].filter((at) => at !== undefined);
    return all.length === 0 ? undefined : Math.min(...all);
  }

  async #moveTo(at: number): Promise<void> {
    this.#clock.moveTo(at);
    await Promise.all(this.#shards.map((shard) => shard.channel.call("clockMoved")));
    this.#clock.moved();
    await this.#settled();
  }
}
