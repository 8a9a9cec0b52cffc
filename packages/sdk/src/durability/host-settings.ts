import {
  getIdempotenceMode,
  getOplogPersistenceLevel,
  getRetryPolicy,
  setIdempotenceMode,
  setOplogPersistenceLevel,
  setRetryPolicy,
} from "golem:api/host@1.1.6";

import { toNanoseconds, type Duration } from "../duration.ts";

/** What of the worker's doings the oplog keeps, by the names of `golem:api/host.persistence-level`. */
export type PersistenceLevel = "persist-nothing" | "persist-remote-side-effects" | "smart";

/** When and how often Golem retries a failed invocation. What is left out stays as it is. */
export interface RetryPolicy {
  /** Attempts after which the worker is failed. */
  readonly maxAttempts?: number;
  readonly minDelay?: Duration;
  readonly maxDelay?: Duration;
  /** By which each delay is longer than the one before. */
  readonly multiplier?: number;
  /** Share of a delay, 0 to 1, that is added at random; Golem 1.2 ignores it. */
  readonly maxJitterFactor?: number;
}

/**
 * Runs `body` under another persistence level, and sets the former one again whatever happens. The level holds for the
 * whole worker: what runs at the same time is under it too.
 *
 * Under `"persist-nothing"`, replay skips the body: it must have no effects, and nothing may depend on what it reads.
 *
 * Stands on `golem:api/host.set-oplog-persistence-level`.
 *
 * @example
 * ```ts
 * const page = await withPersistenceLevel("persist-nothing", () => render(order));
 * ```
 */
export function withPersistenceLevel<T>(level: PersistenceLevel, body: () => T | Promise<T>): Promise<T> {
  const former = getOplogPersistenceLevel();
  return within(
    { enter: () => setOplogPersistenceLevel({ tag: level }), leave: () => setOplogPersistenceLevel(former) },
    body,
  );
}

/**
 * Runs `body` with idempotence mode on or off, and sets the former mode again whatever happens. Off, a remote write
 * that a crash interrupted is not repeated: the worker fails instead.
 *
 * Stands on `golem:api/host.set-idempotence-mode`, which is on at first.
 *
 * @example
 * ```ts
 * await withIdempotence(false, () => payOnce(card, total));
 * ```
 */
export function withIdempotence<T>(idempotent: boolean, body: () => T | Promise<T>): Promise<T> {
  const former = getIdempotenceMode();
  return within(
    { enter: () => setIdempotenceMode(idempotent), leave: () => setIdempotenceMode(former) },
    body,
  );
}

/**
 * Runs `body` under another retry policy, and sets the former one again whatever happens.
 *
 * Stands on `golem:api/host.set-retry-policy`.
 *
 * @throws DurationError
 * @example
 * ```ts
 * await withRetryPolicy({ maxAttempts: 10, maxDelay: "1 min" }, () => call(payment.charge(total)));
 * ```
 */
export function withRetryPolicy<T>(policy: RetryPolicy, body: () => T | Promise<T>): Promise<T> {
  const former = getRetryPolicy();
  const { minDelay, maxDelay, ...rest } = policy;
  const changed = {
    ...former,
    ...rest,
    ...(minDelay !== undefined && { minDelay: toNanoseconds(minDelay) }),
    ...(maxDelay !== undefined && { maxDelay: toNanoseconds(maxDelay) }),
  };
  return within({ enter: () => setRetryPolicy(changed), leave: () => setRetryPolicy(former) }, body);
}

async function within<T>(
  { enter, leave }: { readonly enter: () => void; readonly leave: () => void },
  body: () => T | Promise<T>,
): Promise<T> {
  enter();
  try {
    return await body();
  } finally {
    leave();
  }
}
