import { requireFunction } from "../durability/require-function.ts";
import type { Result } from "../result.ts";
import { attemptOnce, type Transaction } from "./transaction.ts";
import type { TransactionError } from "./transaction-error.ts";

/**
 * Runs operations one after the other; if one of them fails, those that were done are compensated, the last first, and the
 * error is returned.
 *
 * The worker may be lost at any time, also while it compensates: it goes on where it was, and nothing is done or undone
 * twice. So there is no atomic region around it, which would forget on a crash what has to be compensated. What an
 * operation does in one call is done at least once; give other systems an `idempotencyKey()` that the operation makes.
 *
 * Operations may run side by side: those that are under way when one fails are waited for, and compensated too, in the
 * reverse order of their ends. A compensation that throws does not stop the others; the error says which and why. A
 * worker that Golem has given up compensates nothing before it is resumed or updated.
 *
 * Stands on no interface of its own: Golem's oplog does the work.
 *
 * @param body runs the operations; what it throws fails the transaction
 * @returns `ok` with what the body returns, or `err` with how it has failed
 * @throws SdkError `not-a-function`
 * @example
 * ```ts
 * const booked = await fallibleTransaction(async (transaction) => {
 *   const reservation = await transaction.run(reserve, line);
 *   return await transaction.run(chargeCard, reservation);
 * });
 * if (booked.tag === "err") log.error(booked.val.message, { undone: booked.val.compensated });
 * ```
 */
export async function fallibleTransaction<T>(
  body: (transaction: Transaction) => T | Promise<T>,
): Promise<Result<T, TransactionError>> {
  requireFunction("fallibleTransaction", body);
  return attemptOnce("fallibleTransaction", body);
}
