import { reasonOf } from "../reason-of.ts";
import type { Result } from "../result.ts";
import type { Operation } from "./operation.ts";
import { TransactionError, type FailedCompensation } from "./transaction-error.ts";

/**
 * What the body of a transaction runs its operations with.
 *
 * @example
 * ```ts
 * const book = async (transaction: Transaction, lines: readonly Line[]): Promise<void> => {
 *   for (const line of lines) await transaction.run(reserve, line);
 * };
 * const booked = await fallibleTransaction((transaction) => book(transaction, [line]));
 * ```
 */
export interface Transaction {
  /**
   * Runs an operation. When the transaction fails later, it is compensated.
   *
   * @returns what its `execute` returns
   * @throws what its `execute` throws: letting that pass fails the transaction, catching it does not
   * @throws TransactionError `transaction-ended`
   */
  run<In, Out>(operation: Operation<In, Out>, input: In): Promise<Out>;
}

/** An operation that has come to its end. */
interface Done {
  readonly name: string;
  readonly compensate: () => void | Promise<void>;
}

/** One attempt at a transaction: what was done in it so far, in order. */
class Attempt implements Transaction {
  readonly #done: Done[] = [];
  readonly #running = new Set<Promise<unknown>>();
  readonly #failures = new Map<unknown, string>();
  #ended = false;

  async run<In, Out>(operation: Operation<In, Out>, input: In): Promise<Out> {
    if (this.#ended) {
      throw new TransactionError({
        code: "transaction-ended",
        operation: "transaction.run",
        message: `The operation "${operation.name}" was run after the end of its transaction. Await every operation in the transaction's body.`,
      });
    }
    const running = this.#execute(operation, input);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  async #execute<In, Out>(operation: Operation<In, Out>, input: In): Promise<Out> {
    const { name } = operation;
    try {
      const output = await operation.execute(input);
      this.#done.push({ name, compensate: () => operation.compensate(input, output) });
      return output;
    } catch (error) {
      this.#failures.set(error, name);
      throw error;
    }
  }

  /** Lets operations end that the body has not awaited. @throws what the first of them that fails throws */
  async settle(): Promise<void> {
    try {
      while (this.#running.size > 0) await Promise.all(this.#running);
    } finally {
      this.#ended = true;
    }
  }

  /** Compensates everything that was done, the last first, also when a compensation fails. */
  async rollBack(operation: string, cause: unknown): Promise<TransactionError> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
    this.#ended = true;
    const compensated: string[] = [];
    const failedCompensations: FailedCompensation[] = [];
    for (const { name, compensate } of this.#done.splice(0).toReversed()) {
      try {
        await compensate();
        compensated.push(name);
      } catch (error) {
        failedCompensations.push({ operation: name, cause: error });
      }
    }
    const failedOperation = this.#failures.get(cause);
    return new TransactionError({
      code:
        failedCompensations.length === 0 ? "transaction-rolled-back" : "transaction-partially-rolled-back",
      operation,
      message: message({ failedOperation, cause, compensated, failedCompensations }),
      cause,
      failedOperation,
      compensated,
      failedCompensations,
    });
  }
}

/** Runs a transaction's body once, and compensates what was done when it fails. @param operation names it in errors */
export async function attemptOnce<T>(
  operation: string,
  body: (transaction: Transaction) => T | Promise<T>,
): Promise<Result<T, TransactionError>> {
  const attempt = new Attempt();
  try {
    const val = await body(attempt);
    await attempt.settle();
    return { tag: "ok", val };
  } catch (cause) {
    return { tag: "err", val: await attempt.rollBack(operation, cause) };
  }
}

function message(report: {
  readonly failedOperation: string | undefined;
  readonly cause: unknown;
  readonly compensated: readonly string[];
  readonly failedCompensations: readonly FailedCompensation[];
}): string {
  const { failedOperation, cause, compensated, failedCompensations } = report;
  const failure = failedOperation === undefined ? "" : ` at the operation "${failedOperation}"`;
  const undone = compensated.length === 0 ? "nothing" : compensated.join(", ");
  const left = failedCompensations.map((each) => `"${each.operation}" (${reasonOf(each.cause)})`);
  const rest = left.length === 0 ? "" : `; not undone, since the compensation failed: ${left.join(", ")}`;
  const reason = reasonOf(cause).replace(/\.$/, "");
  return `The transaction failed${failure}: ${reason}. Undone: ${undone}${rest}.`;
}
