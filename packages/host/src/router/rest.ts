import { setTimeout as delay } from "node:timers/promises";

import { realNow } from "../ground/clock/real-time.ts";
import type { ActivityReport } from "../shard/activity.ts";

/**
 * What is waited for until a host rests. A slow machine takes as many looks, changes and seconds of computing as a fast one:
 * time alone ends nothing.
 */
export interface RestLimits {
  /** So many looks without a change, each a millisecond or longer, does a worker wait for something outside in vain. */
  readonly looks: number;
  /** So many, if it was in vain before: it may just have come, by what the test did last. */
  readonly looksAgain: number;
  /** So many changes without a rest, and nobody believes any more that there will be one. */
  readonly changes: number;
  /** So many milliseconds may workers run in a thread without a change. */
  readonly patience: number;
}

export const REST_LIMITS: RestLimits = {
  looks: 1_500,
  looksAgain: 75,
  changes: 1_000_000,
  patience: 25_000,
};

/** The part of its patience that this process must have computed: otherwise the machine did not let the workers run. */
const COMPUTED = 0.2;

/** Asks what all threads do; they report in the same order always. */
export type Look = () => Promise<readonly ActivityReport[]>;

/** A point in time, in milliseconds. */
interface Moment {
  readonly time: number;
  /** What this process has computed until then. */
  readonly computed: number;
}

/** Tells when nothing moves by itself any more. */
export class Rest {
  readonly #look: Look;
  readonly #limits: RestLimits;
  /** What was waited for in vain when the host rested last. */
  #inVain: ReadonlySet<string> = new Set();

  constructor(look: Look, limits = REST_LIMITS) {
    this.#look = look;
    this.#limits = limits;
  }

  /**
   * Two looks in a row must see the same: what was on its way between threads during the first one has arrived before the
   * second one.
   *
   * @throws Error if there will be no rest
   */
  async reached(): Promise<void> {
    let first: number | undefined;
    let last: readonly number[] = [];
    let looks = 0;
    // When each thread was last seen to have changed: what others do is no progress of its own.
    let changed: readonly Moment[] = [];
    for (;;) {
      const reports = await this.#look();
      const seen = reports.map(({ changes }) => changes);
      const now = moment();
      changed = seen.map((changes, thread) => (changes === last[thread] ? (changed[thread] ?? now) : now));
      looks = seen.every((changes, thread) => changes === last[thread]) ? looks + 1 : 0;
      last = seen;
      const waits = reports.flatMap(({ outside }, thread) => outside.map((wait) => `${thread}:${wait}`));
      const running = sum(reports, (report) => report.running);
      if (running === 0 && looks >= this.#looksFor(waits)) {
        this.#inVain = new Set(waits);
        return;
      }
      const changes = sum(reports, (report) => report.changes);
      first ??= changes;
      if (changes - first > this.#limits.changes)
        throw noRest(`${this.#limits.changes} things have happened`, reports);
      for (const [thread, report] of reports.entries())
        if (report.running > 0) this.#assertNotEndless(changed[thread] ?? now, reports);
      if (running > 0 || waits.length > 0) await delay(1);
    }
  }

  #looksFor(waits: readonly string[]): number {
    if (waits.length === 0) return 1;
    return waits.every((wait) => this.#inVain.has(wait)) ? this.#limits.looksAgain : this.#limits.looks;
  }

  #assertNotEndless(since: Moment, reports: readonly ActivityReport[]): void {
    const { patience } = this.#limits;
    const { time, computed } = moment();
    if (time - since.time > patience && computed - since.computed > COMPUTED * patience)
      throw noRest(`for ${patience / 1_000} s nothing has happened`, reports);
  }
}

function noRest(reason: string, reports: readonly ActivityReport[]): Error {
  const names = reports.flatMap((report) => report.names);
  const who =
    names.length === 0
      ? "workers still run"
      : `${names.join(", ")} still run${names.length === 1 ? "s" : ""}`;
  return new Error(
    `The host does not come to rest: ${reason}, and ${who}. ` +
      "What to do: look for an endless loop, or for workers that call each other for ever, and end such a worker by " +
      "host.workers.interrupt(worker.id). One that is to compute so long is given the time by the host's option patience",
  );
}

function moment(): Moment {
  const { user, system } = process.cpuUsage();
  return { time: realNow(), computed: (user + system) / 1_000 };
}

function sum(reports: readonly ActivityReport[], of: (report: ActivityReport) => number): number {
  return reports.reduce((total, report) => total + of(report), 0);
}
