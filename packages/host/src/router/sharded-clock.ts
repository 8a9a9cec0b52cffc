import type { WorkerId } from "../ground/api/worker-id.ts";
import { realNow } from "../ground/clock/real-time.ts";
import { type Due, earliest, type HostClock } from "../ground/clock/host-clock.ts";
import type { SimulatedClock, WorkerWait } from "../ground/api/simulation.ts";
import type { ShardThread } from "./shard-thread.ts";

/** When it is believed that time is moved on without end. */
export interface PassLimits {
  /** So many steps. */
  readonly steps: number;
  /** So many milliseconds of the machine's time, if nobody has said how far to go. */
  readonly time: number;
}

const LIMITS: PassLimits = { steps: 10_000, time: 20_000 };

/** No sleep is so long, in milliseconds: 100 years. Sleeps that become longer and longer come to it soon. */
const LONGEST_TIME = 100 * 365 * 86_400_000;

/** So many workers are named. */
const MOST_NAMED = 5;

export interface ShardedClockParts {
  readonly clock: HostClock;
  readonly shards: readonly ShardThread[];
  /** Resolves when nothing moves by itself. */
  readonly settled: () => Promise<void>;
  /** The sleeps of workers that are not in memory. */
  readonly wakes: () => readonly Due[];
  /** A worker's title for people, by `component/worker`. */
  readonly title: (worker: string) => string;
}

/** The clock of the router and of all shards, which is moved on only while nothing moves by itself. */
export class ShardedClock implements SimulatedClock {
  readonly #parts: ShardedClockParts;
  readonly #limits: PassLimits;

  constructor(parts: ShardedClockParts, limits = LIMITS) {
    this.#parts = parts;
    this.#limits = limits;
  }

  now(): number {
    return this.#parts.clock.now();
  }

  get ahead(): number {
    return this.#parts.clock.ahead;
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

  async waits(): Promise<readonly WorkerWait[]> {
    const { shards, wakes } = this.#parts;
    const timers = await Promise.all(shards.map((shard) => shard.channel.call("timers")));
    return [...timers.flat(), ...wakes()].flatMap(({ at, worker }) =>
      worker === undefined ? [] : { workerId: workerIdOf(worker), until: at },
    );
  }

  /** Goes from one timer to the next as long as there is one until then. */
  async #pass(end: number): Promise<void> {
    const [start, begun] = [this.now(), realNow()];
    const isEndless = (at: number): boolean =>
      end === Number.POSITIVE_INFINITY &&
      (at - start > LONGEST_TIME || realNow() - begun > this.#limits.time);
    const times = new Map<string, number>();
    let step = 0;
    for (; step < this.#limits.steps; step += 1) {
      await this.#parts.settled();
      const next = await this.#next();
      if (next === undefined || next.at > end) return;
      if (next.worker !== undefined) times.set(next.worker, (times.get(next.worker) ?? 0) + 1);
      if (isEndless(next.at)) break;
      await this.#moveTo(next.at);
    }
    throw new Error(
      `Something is due again and again: after ${step} steps and ${Math.round(this.now() - start)} ms of the host's time ` +
        `${this.#mostOften(times)} still waits for time. ` +
        "What to do: look for a loop that sleeps, or a promise that nobody has completed, and advance the clock by a given time",
    );
  }

  /** Who was due most often. */
  #mostOften(times: ReadonlyMap<string, number>): string {
    const workers = [...times].toSorted(([, a], [, b]) => b - a).slice(0, MOST_NAMED);
    if (workers.length === 0) return "somebody";
    return workers.map(([worker, count]) => `${this.#parts.title(worker)} (${count} times)`).join(", or ");
  }

  async #next(): Promise<Due | undefined> {
    const { clock, shards } = this.#parts;
    const dues = await Promise.all(shards.map((shard) => shard.channel.call("nextTimer")));
    return earliest([...dues, clock.next].filter((due) => due !== undefined));
  }

  async #moveTo(at: number): Promise<void> {
    const { clock, shards, settled } = this.#parts;
    clock.moveTo(at);
    await Promise.all(shards.map((shard) => shard.channel.call("clockMoved")));
    clock.moved();
    await settled();
  }
}

/** @param text `component/worker` */
function workerIdOf(text: string): WorkerId {
  const end = text.indexOf("/");
  return { componentId: text.slice(0, end), workerName: text.slice(end + 1) };
}
