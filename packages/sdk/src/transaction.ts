/** Steps that are undone together: sagas. */
export { fallibleTransaction } from "./transaction/fallible-transaction.ts";
export { infallibleTransaction, type TransactionRetry } from "./transaction/infallible-transaction.ts";
export { operation, type Operation } from "./transaction/operation.ts";
export type { Transaction } from "./transaction/transaction.ts";
export {
  isTransactionError,
  TransactionError,
  type FailedCompensation,
  type TransactionErrorCode,
} from "./transaction/transaction-error.ts";
export type { Duration } from "./duration.ts";
export type { Result } from "./result.ts";
