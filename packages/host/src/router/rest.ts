import { setTimeout as delay } from "node:timers/promises";

import type { ActivityReport } from "../shard/activity.ts";
import { settlesWithin } from "./settles-within.ts";

/**
 * What is waited for until a host rests. Nothing of it is time that a clock shows: on a slow machine, everything takes as
 * many looks, changes and seconds of computing as on a fast one.
 */
export interface RestLimits {
  /** So many looks without a change, each a millisecond or longer, does a worker wait for something outside in vain. */
  readonly looks: number;
  /** So many, if it was in vain before: it may just have come, by what the test did last. */
  readonly looksAgain: number;
  /** So many changes without a rest, and nobody believes any more that there will be one. */
  readonly changes: number;
  /** So many milliseconds of computing, by all threads together, without a change. */
  readonly computing: number;
}

const LIMITS: RestLimits = { looks: 1_500, looksAgain: 75, changes: 1_000_000, computing: 120_000 };

/** How long the threads may take to answer before it is asked what they do meanwhile, in milliseconds. */
const ANSWER_TIME = 100;

/** Tells when nothing moves by itself any more. */
export class Rest {
  readonly #look: () => Promise<readonly ActivityReport[]>;
  readonly #limits: RestLimits;
  /** What was waited for in vain when the host rested last. */
  #inVain: ReadonlySet<string> = new Set();

  /** @param look what all threads report, always in the same order */
  constructor(look: () => Promise<readonly ActivityReport[]>, limits = LIMITS) {
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
    let last: string | undefined;
    let looks = 0;
    let since = computed();
    for (;;) {
      const reports = await this.#answers(since);
      const seen = reports.map(({ changes }) => changes).join();
      looks = seen === last ? looks + 1 : 0;
      if (looks === 0) since = computed();
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
        throw noRest(`${this.#limits.changes} things have happened, and ${running} workers still run`);
      if (running > 0) this.#assertNotEndless(since);
      if (running > 0 || waits.length > 0) await delay(1);
    }
  }

  #looksFor(waits: readonly string[]): number {
    if (waits.length === 0) return 1;
    return waits.every((wait) => this.#inVain.has(wait)) ? this.#limits.looksAgain : this.#limits.looks;
  }

  /** A thread whose guest never yields does not answer. */
  async #answers(since: number): Promise<readonly ActivityReport[]> {
    const reports = this.#look();
    while (!(await settlesWithin(reports, ANSWER_TIME))) this.#assertNotEndless(since);
    return reports;
  }

  #assertNotEndless(since: number): void {
    const { computing } = this.#limits;
    if (computed() - since > computing)
      throw noRest(`for ${computing / 1_000} s of computing nothing has happened, and workers still run`);
  }
}

function noRest(reason: string): Error {
  return new Error(
    `The host does not come to rest: ${reason}. ` +
      "What to do: look for an endless loop, or for workers that call each other for ever",
  );
}

/** Milliseconds that this process has computed. */
function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function sum(reports: readonly ActivityReport[], of: (report: ActivityReport) => number): number {
  return reports.reduce((total, report) => total + of(report), 0);
}
