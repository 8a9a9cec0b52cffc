import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * How a transaction has failed.
 *
 * @example
 * ```ts
 * const isUndone = (code: TransactionErrorCode): boolean => code === "transaction-rolled-back";
 * ```
 */
export type TransactionErrorCode =
  /** Everything that was done is undone. */
  | "transaction-rolled-back"
  /** Some compensations have failed: see `failedCompensations`. */
  | "transaction-partially-rolled-back"
  /** A step was run after the end of its transaction. */
  | "transaction-ended";

/**
 * A compensation that has failed.
 *
 * @example
 * ```ts
 * const report = ({ operation, cause }: FailedCompensation): void =>
 *   log.error("undo this by hand", { operation, cause });
 * ```
 */
export interface FailedCompensation {
  /** Name of the operation that is not undone. */
  readonly operation: string;
  /** What its `compensate` threw, unchanged. */
  readonly cause: unknown;
}

interface TransactionErrorParts {
  readonly code: TransactionErrorCode;
  readonly operation: string;
  readonly message: string;
  readonly cause?: unknown;
  readonly failedOperation?: string | undefined;
  readonly compensated?: readonly string[];
  readonly failedCompensations?: readonly FailedCompensation[];
}

/**
 * A transaction has failed. Its `cause` is what failed it, unchanged.
 *
 * @example
 * ```ts
 * const booked = await fallibleTransaction((transaction) => transaction.run(reserve, line));
 * if (booked.tag === "err") {
 *   const { failedOperation, compensated, failedCompensations }: TransactionError = booked.val;
 *   log.error("not booked", { failedOperation, compensated, failedCompensations });
 * }
 * ```
 */
export class TransactionError extends SdkError {
  override readonly name = "TransactionError" as const;
  declare readonly code: TransactionErrorCode;
  /** Name of the operation that failed the transaction; `undefined` if it was the code between operations. */
  readonly failedOperation: string | undefined;
  /** Names of the operations that were undone, in the order in which they were. */
  readonly compensated: readonly string[];
  /** Operations that are not undone, in the order in which it was tried; each with the reason. */
  readonly failedCompensations: readonly FailedCompensation[];

  constructor({
    failedOperation,
    compensated = [],
    failedCompensations = [],
    ...details
  }: TransactionErrorParts) {
    super(details);
    this.failedOperation = failedOperation;
    this.compensated = compensated;
    this.failedCompensations = failedCompensations;
  }
}

/**
 * Whether `error` is a {@link TransactionError}; with `code`, only one of that code.
 *
 * @example
 * ```ts
 * try {
 *   await infallibleTransaction((transaction) => transaction.run(reserve, line), { maxAttempts: 3 });
 * } catch (error) {
 *   if (!isTransactionError(error, "transaction-partially-rolled-back")) throw error;
 *   log.error("undo these by hand", { failed: error.failedCompensations });
 * }
 * ```
 */
export function isTransactionError(error: unknown, code?: TransactionErrorCode): error is TransactionError {
  if (!isSdkErrorNamed(error, "TransactionError")) return false;
  return code === undefined || (error as TransactionError).code === code;
}
