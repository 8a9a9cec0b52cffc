import type { Due, HostClock } from "../ground/clock/host-clock.ts";
import type { ScheduledAction, ScheduleEntry, ScheduleStore } from "../storage/schedule-store.ts";
import type { Activity } from "../shard/activity.ts";
import { StorageError } from "../ground/storage-error.ts";

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
  readonly #clock: HostClock;
  readonly #act: (action: ScheduledAction) => Promise<void>;
  readonly #acting = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  #cancelTimer: (() => void) | undefined;

  /** @param act resolves when the action is done for good; then it leaves the schedule */
  constructor(
    store: ScheduleStore,
    { activity, clock }: { readonly activity: Activity; readonly clock: HostClock },
    act: (action: ScheduledAction) => Promise<void>,
  ) {
    this.#store = store;
    this.#activity = activity;
    this.#clock = clock;
    this.#act = act;
  }

  /** Looks at the schedule anew: at the start, and whenever it has a new entry. */
  refresh(): void {
    if (this.#closing.signal.aborted) return;
    this.#cancelTimer?.();
    const next = this.#begin();
    if (next !== undefined) this.#cancelTimer = this.#clock.timer(next.at, () => this.refresh(), next.worker);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelTimer?.();
    await Promise.all(this.#acting.values());
  }

  /** Begins what is due; returns what is next. */
  #begin(): Due | undefined {
    try {
      const now = this.#clock.now();
      for (const entry of this.#store.due(now, this.#acting.size + MOST_AT_ONCE)) {
        if (!this.#acting.has(entry.id)) this.#acting.set(entry.id, this.#actOn(entry));
      }
      return this.#store.nextAfter(now);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return { at: this.#clock.now() + RETRY_DELAY, worker: undefined };
    }
  }

  /** The idempotency key of the action keeps it from happening twice if the host dies in between. */
  async #actOn({ id, action }: ScheduleEntry): Promise<void> {
    try {
      await this.#activity.during(() => this.#act(action));
      this.#store.delete(id);
    } catch {
      // It stays in the schedule.
      await this.#clock.sleep(RETRY_DELAY, this.#closing.signal);
    } finally {
      this.#acting.delete(id);
      this.refresh();
    }
  }
}
