import type { ScheduledAction, ScheduleEntry, ScheduleStore } from "../storage/schedule-store.ts";

/** Node's timers take 32-bit milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** After a failed action, milliseconds until it is tried again. */
const RETRY_DELAY = 1_000;

/** Carries out what is in the schedule when its time has come, also what became due while the host was not there. */
export class Scheduler {
  readonly #store: ScheduleStore;
  readonly #act: (action: ScheduledAction) => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #acting: Promise<void> | undefined;
  #closed = false;

  /** @param act resolves when the action is done for good; then it leaves the schedule */
  constructor(store: ScheduleStore, act: (action: ScheduledAction) => Promise<void>) {
    this.#store = store;
    this.#act = act;
  }

  /** Looks at the schedule anew: at the start, and whenever it has a new entry. */
  refresh(): void {
    if (this.#closed || this.#acting !== undefined) return;
    clearTimeout(this.#timer);
    const next = this.#store.next();
    if (next === undefined) return;
    const wait = Math.min(Math.max(0, next.at - Date.now()), LONGEST_TIMER);
    this.#timer = setTimeout(() => this.#run(), wait);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#acting;
  }

  #run(): void {
    this.#acting = this.#actOnDue().finally(() => {
      this.#acting = undefined;
      this.refresh();
    });
  }

  async #actOnDue(): Promise<void> {
    for (;;) {
      const next = this.#store.next();
      if (next === undefined || this.#closed || next.at > Date.now()) return;
      await this.#actOn(next);
    }
  }

  /** The idempotency key of the action keeps it from happening twice if the host dies in between. */
  async #actOn({ id, at, action }: ScheduleEntry): Promise<void> {
    try {
      await this.#act(action);
      this.#store.delete(id);
    } catch {
      this.#store.delete(id);
      this.#store.add({ id, at: Math.max(at, Date.now()) + RETRY_DELAY, action });
    }
  }
}
