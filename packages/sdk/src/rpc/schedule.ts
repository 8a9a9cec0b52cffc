import { toDatetime, type Datetime, type When } from "../instant.ts";

/**
 * What the `schedule…` functions of a generated client return.
 *
 * @example
 * ```ts
 * const token: CancellationToken = orders.scheduleRemind("still there?", toDatetime("1 day"));
 * token.cancel();
 * ```
 */
export interface CancellationToken {
  /** Takes the call off the schedule, unless it was sent. */
  cancel(): void;
}

/**
 * A call that another worker will receive. Disposing of it lets go of the handle only: the call still happens.
 *
 * @example
 * ```ts
 * const reminder: ScheduledCall = schedule("1 day", (at) => orders.scheduleRemind("still there?", at));
 * log.info("there will be a reminder", { at: reminder.at.toISOString() });
 * ```
 */
export class ScheduledCall implements Disposable {
  readonly at: Date;
  readonly #token: CancellationToken;
  #released = false;

  /** Made by {@link schedule}. */
  constructor(at: Date, token: CancellationToken) {
    this.at = at;
    this.#token = token;
  }

  /**
   * Takes the call off the schedule; once it was sent, nothing happens. May be called several times.
   * Stands on `golem:rpc/types.cancellation-token.cancel`.
   */
  cancel(): void {
    if (this.#released) return;
    try {
      this.#token.cancel();
    } finally {
      this[Symbol.dispose]();
    }
  }

  [Symbol.dispose](): void {
    if (this.#released) return;
    this.#released = true;
    if (Symbol.dispose in this.#token) (this.#token as CancellationToken & Disposable)[Symbol.dispose]();
  }
}

/**
 * Schedules a call of a generated client. It survives restarts of both workers, and creates the called one if needed.
 *
 * Stands on the client's `schedule-…` functions.
 *
 * @param when a `Date`, milliseconds since the epoch, or a duration from now; a past time means at once
 * @param send hands the time to the client
 * @throws DurationError, or SdkError `invalid-time`
 * @example
 * ```ts
 * const reminder = schedule("1 day", (at) => orders.scheduleRemind("still there?", at));
 * reminder.cancel();
 * ```
 */
export function schedule(when: When, send: (at: Datetime) => CancellationToken): ScheduledCall {
  const at = toDatetime(when);
  const token = send(at);
  return new ScheduledCall(new Date(Number(at.seconds) * 1_000 + at.nanoseconds / 1_000_000), token);
}
