import { sleep } from "../clock.ts";
import { toNanoseconds, type Duration } from "../duration.ts";
import { requireFunction } from "../durability/require-function.ts";
import { SdkError } from "../sdk-error.ts";
import { attemptOnce, type Transaction } from "./transaction.ts";

/**
 * When a transaction that has failed is tried again.
 *
 * @example
 * ```ts
 * const retry: TransactionRetry = { maxAttempts: 5, minDelay: "1 s", maxDelay: "10 min" };
 * await infallibleTransaction((transaction) => transaction.run(reserve, line), retry);
 * ```
 */
export interface TransactionRetry {
  /** Attempts after which the last error is thrown; from 1. @default as many as it takes */
  readonly maxAttempts?: number;
  /** Pause after the first failure. @default "100 ms" */
  readonly minDelay?: Duration;
  /** @default "1 min" */
  readonly maxDelay?: Duration;
  /** By which each pause is longer than the one before; from 0. @default 2 */
  readonly multiplier?: number;
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/**
 * Runs operations as {@link fallibleTransaction} does, but when one fails and all is compensated, it tries again after a
 * pause, until it succeeds.
 *
 * Every attempt is recorded, and each acts on the world outside: what an attempt has done is undone by compensation, not by
 * forgetting it. So an operation must make its `idempotencyKey()` itself, to have another one in each attempt; with a key
 * from before the transaction, the second charge would pass for the first, which was refunded. Variables that the body
 * changed in a failed attempt stay changed. Nothing else that the worker does meanwhile is repeated.
 *
 * A pause of more than some seconds suspends the worker. Stands on `wasi:clocks/monotonic-clock` and `wasi:io/poll`, for
 * the pauses.
 *
 * @returns what the body returns
 * @throws TransactionError `transaction-partially-rolled-back` if a compensation fails, for then another attempt would add
 * to what is left; `transaction-rolled-back` after `maxAttempts`
 * @throws DurationError; SdkError `not-a-function`, `invalid-transaction-retry`
 * @example
 * ```ts
 * const receipt = await infallibleTransaction(
 *   async (transaction) => {
 *     const reservation = await transaction.run(reserve, line);
 *     return await transaction.run(chargeCard, reservation);
 *   },
 *   { maxDelay: "10 min" },
 * );
 * ```
 */
export async function infallibleTransaction<T>(
  body: (transaction: Transaction) => T | Promise<T>,
  { maxAttempts = Infinity, minDelay = "100 ms", maxDelay = "1 min", multiplier = 2 }: TransactionRetry = {},
): Promise<T> {
  requireFunction("infallibleTransaction", body);
  const isCount = maxAttempts === Infinity || Number.isInteger(maxAttempts);
  demand("maxAttempts", maxAttempts, "a whole number from 1, or Infinity", isCount && maxAttempts >= 1);
  demand("multiplier", multiplier, "a number from 0", Number.isFinite(multiplier) && multiplier >= 0);
  const longest = toMilliseconds(maxDelay);
  let delay = toMilliseconds(minDelay);
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce("infallibleTransaction", body);
    if (outcome.tag === "ok") return outcome.val;
    if (outcome.val.code !== "transaction-rolled-back" || attempt >= maxAttempts) throw outcome.val;
    await sleep({ milliseconds: Math.min(delay, longest) });
    delay = Math.min(delay * multiplier, longest);
  }
}

function demand(part: string, value: number, expected: string, holds: boolean): void {
  if (holds) return;
  throw new SdkError({
    code: "invalid-transaction-retry",
    operation: "infallibleTransaction",
    message: `${part} is ${value}; it must be ${expected}.`,
  });
}

function toMilliseconds(duration: Duration): number {
  return Number(toNanoseconds(duration)) / NANOSECONDS_PER_MILLISECOND;
}
