import {
  getRetryPolicy,
  setRetryPolicy as setHostRetryPolicy,
  type RetryPolicy as HostRetryPolicy,
} from "golem:api/host@1.1.6";

import { describeValue } from "../describe-value.ts";
import { toNanoseconds, type Duration } from "../duration.ts";
import { SdkError } from "../sdk-error.ts";
import { fromHostRetryPolicy, type CurrentRetryPolicy } from "./current-retry-policy.ts";
import { ScopedSetting, within } from "./scoped-setting.ts";

/**
 * When and how often Golem retries a failed invocation. What is left out stays as it is.
 *
 * @example
 * ```ts
 * const patient: RetryPolicy = { maxAttempts: 10, minDelay: "1 s", maxDelay: "1 min", multiplier: 2 };
 * await withRetryPolicy(patient, () => call(payment.charge(total)));
 * ```
 */
export interface RetryPolicy {
  /** Attempts after which the worker is failed. */
  readonly maxAttempts?: number;
  readonly minDelay?: Duration;
  readonly maxDelay?: Duration;
  /** By which each delay is longer than the one before. */
  readonly multiplier?: number;
  /** Share of a delay, 0 to 1, that is added at random; Golem 1.2 does not keep it. */
  readonly maxJitterFactor?: number | undefined;
}

const LARGEST_U32 = 2 ** 32 - 1;

const setting = new ScopedSetting<HostRetryPolicy>({
  setter: "setRetryPolicy",
  read: getRetryPolicy,
  write: setHostRetryPolicy,
});

/**
 * The policy that holds now. Stands on `golem:api/host.get-retry-policy`.
 *
 * @example
 * ```ts
 * const { maxAttempts } = retryPolicy();
 * ```
 */
export function retryPolicy(): CurrentRetryPolicy {
  return fromHostRetryPolicy(setting.value);
}

/**
 * Changes the policy for what follows in this worker. Stands on `golem:api/host.set-retry-policy`.
 *
 * @throws SdkError `scope-open` inside a scope that restores the policy, `invalid-retry-policy`; DurationError
 * @example
 * ```ts
 * setRetryPolicy({ maxAttempts: 10, maxDelay: "1 min" });
 * ```
 */
export function setRetryPolicy(policy: RetryPolicy): void {
  setting.set(changed(setting.value, policy));
}

/**
 * Runs `body` under another retry policy, and sets the former one again whatever happens. The policy holds for the whole
 * worker: what runs at the same time is under it too.
 *
 * Stands on `golem:api/host.set-retry-policy`.
 *
 * @throws SdkError `not-a-function`, `invalid-retry-policy`; DurationError
 * @example
 * ```ts
 * await withRetryPolicy({ maxAttempts: 10, maxDelay: "1 min" }, () => call(payment.charge(total)));
 * ```
 */
export function withRetryPolicy<T>(policy: RetryPolicy, body: () => T | Promise<T>): Promise<T> {
  return within("withRetryPolicy", () => useRetryPolicy(policy), body);
}

/**
 * As {@link withRetryPolicy}, until the end of the surrounding block. Stands on `golem:api/host.set-retry-policy`.
 *
 * @throws SdkError `invalid-retry-policy`; DurationError
 * @example
 * ```ts
 * using patient = useRetryPolicy({ maxAttempts: 10 });
 * ```
 */
export function useRetryPolicy(policy: RetryPolicy): Disposable {
  return setting.enter((current) => changed(current, policy));
}

function changed(current: HostRetryPolicy, policy: RetryPolicy): HostRetryPolicy {
  const { minDelay, maxDelay, ...rest } = policy;
  const merged = {
    ...current,
    ...rest,
    ...(minDelay !== undefined && { minDelay: toNanoseconds(minDelay) }),
    ...(maxDelay !== undefined && { maxDelay: toNanoseconds(maxDelay) }),
  };
  const { maxAttempts, multiplier, maxJitterFactor } = merged;
  demand("maxAttempts", maxAttempts, "a whole number from 0", isAttempts(maxAttempts));
  demand("multiplier", multiplier, "a number from 0", Number.isFinite(multiplier) && multiplier >= 0);
  demand("maxJitterFactor", maxJitterFactor, "a number from 0 to 1", isShare(maxJitterFactor));
  return merged;
}

function demand(part: string, value: unknown, expected: string, holds: boolean): void {
  if (holds) return;
  throw new SdkError({
    code: "invalid-retry-policy",
    operation: "retryPolicy",
    message: `${part} of a retry policy is ${describeValue(value)}; it must be ${expected}.`,
  });
}

function isAttempts(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= LARGEST_U32;
}

function isShare(share: number | undefined): boolean {
  return share === undefined || (share >= 0 && share <= 1);
}
