import { expectTypeOf } from "vitest";

import type { TransactionError } from "../src/transaction.ts";
import {
  fallibleTransaction,
  infallibleTransaction,
  isTransactionError,
  operation,
  type FailedCompensation,
  type Operation,
  type Result,
  type Transaction,
  type TransactionErrorCode,
  type TransactionRetry,
} from "../src/transaction.ts";

declare const error: unknown;

const reserve = operation({
  name: "reserve",
  execute: async ({ sku }: { readonly sku: string }) => sku.length,
  compensate: (input, output) => {
    expectTypeOf(input).toEqualTypeOf<{ readonly sku: string }>();
    expectTypeOf(output).toEqualTypeOf<number>();
  },
});
expectTypeOf(reserve).toEqualTypeOf<Operation<{ readonly sku: string }, number>>();

const outcome = fallibleTransaction(async (transaction) => {
  expectTypeOf(transaction).toEqualTypeOf<Transaction>();
  const reserved = await transaction.run(reserve, { sku: "tea" });
  expectTypeOf(reserved).toEqualTypeOf<number>();
  // @ts-expect-error an input of another type
  await transaction.run(reserve, "tea");
  return String(reserved);
});
expectTypeOf(outcome).resolves.toEqualTypeOf<Result<string, TransactionError>>();
expectTypeOf(infallibleTransaction(() => 5, { maxDelay: "10 min" })).resolves.toEqualTypeOf<number>();
expectTypeOf<TransactionRetry["maxAttempts"]>().toEqualTypeOf<number | undefined>();

if (isTransactionError(error, "transaction-partially-rolled-back")) {
  expectTypeOf(error).toEqualTypeOf<TransactionError>();
  expectTypeOf(error.code).toEqualTypeOf<TransactionErrorCode>();
  expectTypeOf(error.failedOperation).toEqualTypeOf<string | undefined>();
  expectTypeOf(error.compensated).toEqualTypeOf<readonly string[]>();
  expectTypeOf(error.failedCompensations).toEqualTypeOf<readonly FailedCompensation[]>();
  expectTypeOf<FailedCompensation["cause"]>().toBeUnknown();
}
expectTypeOf(isTransactionError).parameter(1).toEqualTypeOf<TransactionErrorCode | undefined>();
// @ts-expect-error there is no such code
isTransactionError(error, "transaction-lost");
