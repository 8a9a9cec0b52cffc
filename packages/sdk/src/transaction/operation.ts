/**
 * A step of a transaction: what it does, and what undoes it. Make it with {@link operation}.
 *
 * @example
 * ```ts
 * const sell: Operation<string, void> = {
 *   name: "sell",
 *   execute: (orderId) => sold.set(orderId, sku),
 *   compensate: (orderId) => sold.delete(orderId),
 * };
 * await fallibleTransaction((transaction) => transaction.run(sell, orderId));
 * ```
 */
export interface Operation<In, Out> {
  /** Names the step in reports. */
  readonly name: string;
  /**
   * Does it. What it throws fails the transaction; it must then have left nothing behind that needs to be undone, for only
   * steps that have come to their end are compensated.
   */
  execute(input: In): Out | Promise<Out>;
  /** Undoes what `execute` has done. Runs at most once for each time that `execute` has succeeded. */
  compensate(input: In, output: Out): void | Promise<void>;
}

/**
 * Describes a step of a transaction. Nothing happens before a transaction runs it.
 *
 * @example
 * ```ts
 * const reserve = operation({
 *   name: "reserve",
 *   execute: async ({ sku, quantity }: Line) => unwrap(await call(warehouse.reserve(sku, quantity))),
 *   compensate: async (_line, reservation) => { await call(warehouse.release(reservation)); },
 * });
 * ```
 */
export function operation<In, Out>(parts: Operation<In, Out>): Operation<In, Out> {
  return parts;
}
