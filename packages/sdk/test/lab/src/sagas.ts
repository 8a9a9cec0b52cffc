import { isSdkError, type Implementation } from "@golem-kit/sdk";
import { sleep } from "@golem-kit/sdk/clock";
import {
  fallibleTransaction,
  infallibleTransaction,
  isTransactionError,
  operation,
  type Operation,
  type Result,
  type Transaction,
  type TransactionError,
  type TransactionRetry,
} from "@golem-kit/sdk/transaction";

import type * as Exports from "sdk:lab-exports/sagas";
import type { Report } from "sdk:lab-exports/sagas";

import { codeOf } from "./code-of.ts";
import { note, noted } from "./ledger.ts";

interface Failures {
  readonly operation?: string;
  readonly compensation?: string;
}

/** An operation that is noted when it begins and ends, and when it is undone. */
function noting(name: string, failures: Failures = {}): Operation<number, string> {
  return operation({
    name,
    async execute(input) {
      await note("saga", `${name} ${input}`);
      if (failures.operation === name) throw new Error(`${name} fails`);
      return `${name}#${input}`;
    },
    async compensate(input, output) {
      await note("saga", `undo ${output} of ${input}`);
      if (failures.compensation === name) throw new Error(`undoing ${name} fails`);
      await note("saga", `undone ${name}`);
    },
  });
}

function report(result: Result<string, TransactionError>): Report {
  if (result.tag === "ok")
    return { outcome: result.val, failedOperation: "", compensated: [], notUndone: [] };
  const { code, failedOperation = "", compensated, failedCompensations } = result.val;
  return {
    outcome: code,
    failedOperation,
    compensated: [...compensated],
    notUndone: failedCompensations.map((each) => `${each.operation}: ${(each.cause as Error).message}`),
  };
}

async function threeSteps(transaction: Transaction, failures: Failures): Promise<string> {
  const flight = await transaction.run(noting("flight", failures), 1);
  const hotel = await transaction.run(noting("hotel", failures), 2);
  const car = await transaction.run(noting("car", failures), 3);
  if (failures.operation === "body") throw new Error("the body fails");
  return `${flight} ${hotel} ${car}`;
}

async function book(failingOperation: string, failingCompensation: string): Promise<Report> {
  const failures = { operation: failingOperation, compensation: failingCompensation };
  return report(await fallibleTransaction((transaction) => threeSteps(transaction, failures)));
}

async function bookTogether(): Promise<Report> {
  const ended = Promise.withResolvers<void>();
  const slow = (name: string, work: () => Promise<void>): Operation<number, string> =>
    operation({
      ...noting(name),
      async execute(input) {
        await work();
        await note("saga", `${name} ${input}`);
        return `${name}#${input}`;
      },
    });
  const outcome = await fallibleTransaction(async (transaction) => {
    void transaction.run(
      slow("unawaited", () => ended.promise),
      1,
    );
    await Promise.all([
      transaction
        .run(
          slow("slow", () => sleep("20 ms")),
          2,
        )
        .then(() => ended.resolve()),
      transaction.run(noting("quick"), 3),
      transaction.run(noting("failing", { operation: "failing" }), 4),
    ]);
    return "never";
  });
  return report(outcome);
}

async function bookCarelessly(): Promise<Report> {
  const outcome = await fallibleTransaction(async (transaction) => {
    const flight = await transaction.run(noting("flight"), 1);
    void transaction.run(noting("failing", { operation: "failing" }), 2);
    return flight;
  });
  return report(outcome);
}

async function insist(): Promise<Report> {
  const outcome = await infallibleTransaction(
    async (transaction) => {
      const attempts = (await noted("saga")).filter((line) => line.startsWith("flight")).length;
      return threeSteps(transaction, attempts < 1 ? { operation: "car" } : {});
    },
    { minDelay: "5 ms", multiplier: 3 },
  );
  return report({ tag: "ok", val: outcome });
}

/** What a transaction that fails by itself says, with the operation that it is called. */
async function messageOf(retry: TransactionRetry): Promise<string> {
  try {
    return await infallibleTransaction(() => {
      throw new Error("It failed.");
    }, retry);
  } catch (error) {
    return isSdkError(error) ? `${error.operation}: ${error.message}` : String(error);
  }
}

async function giveUp(): Promise<string[]> {
  const failing = (failures: Failures): Promise<string> =>
    codeOf(() =>
      infallibleTransaction((transaction) => threeSteps(transaction, failures), {
        maxAttempts: 2,
        minDelay: "1 ms",
      }),
    );
  let kept: Transaction | undefined;
  await fallibleTransaction((transaction) => {
    kept = transaction;
  });
  return [
    await failing({ operation: "hotel" }),
    await failing({ operation: "car", compensation: "flight" }),
    await codeOf(() => kept?.run(noting("late"), 1)),
    String(isTransactionError(new Error("another"))),
    await messageOf({ maxAttempts: NaN }),
    await messageOf({ maxAttempts: 0 }),
    await messageOf({ multiplier: -1 }),
    await messageOf({ maxAttempts: 1 }),
  ];
}

export const sagas: Implementation<typeof Exports> = {
  book,
  bookTogether,
  bookCarelessly,
  insist,
  giveUp,
  ledger: () => noted("saga"),
};
