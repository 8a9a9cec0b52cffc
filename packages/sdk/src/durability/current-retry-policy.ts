import type { RetryPolicy as HostRetryPolicy } from "golem:api/host@1.1.6";

import type { DurationParts } from "../duration.ts";

/**
 * A policy that is in force.
 *
 * @example
 * ```ts
 * const { maxAttempts, minDelay }: CurrentRetryPolicy = retryPolicy();
 * log.debug("failures are retried", { maxAttempts, minDelay });
 * ```
 */
export interface CurrentRetryPolicy {
  readonly maxAttempts: number;
  readonly minDelay: DurationParts;
  readonly maxDelay: DurationParts;
  readonly multiplier: number;
  readonly maxJitterFactor: number | undefined;
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

export function fromHostRetryPolicy(policy: HostRetryPolicy): CurrentRetryPolicy {
  const { maxAttempts, minDelay, maxDelay, multiplier, maxJitterFactor } = policy;
  return {
    maxAttempts,
    minDelay: toParts(minDelay),
    maxDelay: toParts(maxDelay),
    multiplier,
    maxJitterFactor,
  };
}

function toParts(nanoseconds: bigint): DurationParts {
  const rest = Number(nanoseconds % NANOSECONDS_PER_MILLISECOND);
  return {
    milliseconds: Number(nanoseconds / NANOSECONDS_PER_MILLISECOND),
    ...(rest > 0 && { nanoseconds: rest }),
  };
}
