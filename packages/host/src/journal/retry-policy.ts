import type { OplogRegion, RetryPolicy } from "../oplog/entry.ts";

/** Golem's default: up to three retries, after about 100, 100 and 300 ms. */
const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 3,
  minDelay: 100,
  maxDelay: 1_000,
  multiplier: 3,
  maxJitterFactor: 0.15,
};

/**
 * How long to wait before the next attempt, in milliseconds; `undefined` if there is none left.
 *
 * @param failures so far, at least 1
 * @param random a number in [0, 1)
 */
export function retryDelay(policy: RetryPolicy, failures: number, random: number): number | undefined {
  if (failures > policy.maxAttempts) return undefined;
  const delay = Math.min(policy.maxDelay, policy.minDelay * policy.multiplier ** Math.max(0, failures - 2));
  return delay * (1 + random * (policy.maxJitterFactor ?? 0));
}

export type SavedPolicyChanges = readonly { readonly index: number; readonly policy: RetryPolicy }[];

/** The changes of a worker's policy, by the index of their entries. */
export class RetryPolicyChanges {
  #changes: SavedPolicyChanges;

  constructor(changes: SavedPolicyChanges = []) {
    this.#changes = changes;
  }

  /** All of it, for another one. */
  saved(): SavedPolicyChanges {
    return this.#changes;
  }

  get current(): RetryPolicy {
    return this.before(Infinity);
  }

  /** What held before the entry with that index. */
  before(index: number): RetryPolicy {
    return this.#changes.findLast((each) => each.index < index)?.policy ?? DEFAULT_RETRY_POLICY;
  }

  add(index: number, policy: RetryPolicy): void {
    this.#changes = [...this.#changes, { index, policy }];
  }

  /** What was changed in a part of the oplog that is deleted, was not. */
  delete({ start, end }: OplogRegion): void {
    this.#changes = this.#changes.filter(({ index }) => index < start || index > end);
  }
}
