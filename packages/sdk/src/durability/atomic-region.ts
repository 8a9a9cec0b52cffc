import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";
import { openRegion } from "./open-region.ts";
import { requireFunction } from "./require-function.ts";
import { trap } from "./trap.ts";

/**
 * An atomic region was used after its end.
 *
 * @example
 * ```ts
 * const region = beginAtomically();
 * region.commit();
 * region.commit(); // AtomicRegionError: the region has ended
 * ```
 */
export class AtomicRegionError extends SdkError {
  override readonly name = "AtomicRegionError" as const;

  constructor(operation: string) {
    super({
      code: "atomic-region-ended",
      operation,
      message: `${operation} was called on an atomic region that has ended. Begin a new region for what follows.`,
    });
  }
}

/**
 * Whether `error` is an {@link AtomicRegionError}.
 *
 * @example
 * ```ts
 * if (isAtomicRegionError(error)) log.error("committed twice", { operation: error.operation });
 * ```
 */
export function isAtomicRegionError(error: unknown): error is AtomicRegionError {
  return isSdkErrorNamed(error, "AtomicRegionError");
}

/**
 * See {@link beginAtomically}.
 *
 * @example
 * ```ts
 * using region: AtomicRegion = beginAtomically();
 * await stock.set(sku, left - 1);
 * region.commit();
 * ```
 */
export class AtomicRegion implements Disposable {
  #ended = false;

  /** Made by {@link beginAtomically}. */
  constructor() {
    openRegion.join();
  }

  /** Ends the region: what was done in it is not done again. @throws AtomicRegionError when it has ended already */
  commit(): void {
    if (this.#ended) throw new AtomicRegionError("region.commit");
    this.#ended = true;
    openRegion.leave();
  }

  /** Leaving the scope without {@link commit} ends the worker's instance; Golem retries the whole region. */
  [Symbol.dispose](): void {
    if (this.#ended) return;
    this.#ended = true;
    trap("The atomic region was left without commit(): its effects will be repeated");
  }
}

/**
 * Begins an atomic region by hand: for scopes that are no function. Leaving the scope in any way but through
 * `commit()`, by an exception for instance, ends the worker's instance, and Golem retries the region as a whole.
 *
 * Stands on `golem:api/host.mark-begin-operation` and `mark-end-operation`.
 *
 * @example
 * ```ts
 * using region = beginAtomically();
 * await stock.set(sku, left - 1);
 * await sold.set(orderId, sku);
 * region.commit();
 * ```
 */
export function beginAtomically(): AtomicRegion {
  return new AtomicRegion();
}

/**
 * Runs `body` as one unit: if the worker dies before its end, at whatever point, all of it runs again. What it does
 * outside must therefore bear repetition; give other systems an `idempotencyKey()` that was made *before* the region.
 *
 * Neither an exception nor a crash commits half of it: when `body` throws or rejects, the worker's instance ends there,
 * whoever might catch the exception, and Golem retries the region as its retry policy says. A failure that is an answer
 * (out of stock) is returned, not thrown.
 *
 * A region inside another one is part of it, and so is one that runs at the same time: the last of them to end commits
 * them all, and until then all are repeated together.
 *
 * Stands on `golem:api/host.mark-begin-operation`, `mark-end-operation` and, for the failure, `set-oplog-index`.
 *
 * @returns what `body` returns
 * @throws SdkError `not-a-function`
 * @example
 * ```ts
 * const key = idempotencyKey();
 * const receipt = await atomically(async () => {
 *   await charge(card, total, key);
 *   return writeReceipt(total);
 * });
 * ```
 */
export async function atomically<T>(body: () => T | Promise<T>): Promise<T> {
  requireFunction("atomically", body);
  const region = new AtomicRegion();
  let value: T;
  try {
    value = await body();
  } catch (error) {
    return trap("An atomic region failed: its effects will be repeated", error);
  }
  region.commit();
  return value;
}
