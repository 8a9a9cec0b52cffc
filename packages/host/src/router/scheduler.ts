import { setTimeout as delay } from "node:timers/promises";

import type { ScheduledAction, ScheduleEntry, ScheduleStore } from "../storage/schedule-store.ts";
import type { Activity } from "../shard/activity.ts";
import { StorageError } from "../storage/storage-error.ts";

/** Node's timers take 32-bit milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** After a failure, milliseconds until the next attempt. */
const RETRY_DELAY = 1_000;

/** How many actions are begun at a time. */
const MOST_AT_ONCE = 256;

/**
 * Carries out what is in the schedule when its time has come, also what became due while the host was not there. An
 * action that takes long holds up no other.
 */
export class Scheduler {
  readonly #store: ScheduleStore;
  readonly #activity: Activity;
  readonly #act: (action: ScheduledAction) => Promise<void>;
  readonly #acting = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  /** @param act resolves when the action is done for good; then it leaves the schedule */
  constructor(store: ScheduleStore, activity: Activity, act: (action: ScheduledAction) => Promise<void>) {
    this.#store = store;
    this.#activity = activity;
    this.#act = act;
  }

  /** Looks at the schedule anew: at the start, and whenever it has a new entry. */
  refresh(): void {
    if (this.#closing.signal.aborted) return;
    clearTimeout(this.#timer);
    const wait = this.#begin();
    if (wait !== undefined) this.#timer = setTimeout(() => this.refresh(), Math.min(wait, LONGEST_TIMER));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#acting.values());
  }

  /** Begins what is due; returns how many milliseconds later there is more to do. */
  #begin(): number | undefined {
    try {
      const now = Date.now();
      for (const entry of this.#store.due(now, this.#acting.size + MOST_AT_ONCE)) {
        if (!this.#acting.has(entry.id)) this.#acting.set(entry.id, this.#actOn(entry));
      }
      const next = this.#store.nextAfter(now);
      return next === undefined ? undefined : next - now;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return RETRY_DELAY;
    }
  }

  /** The idempotency key of the action keeps it from happening twice if the host dies in between. */
  async #actOn({ id, action }: ScheduleEntry): Promise<void> {
    try {
      await this.#activity.during(this.#act(action));
      this.#store.delete(id);
    } catch {
      // It stays in the schedule.
      await delay(RETRY_DELAY, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    } finally {
      this.#acting.delete(id);
      this.refresh();
    }
  }
}
