import { ResultError } from "@golem-kit/sdk";
import { products, stock } from "@shop/catalog/buckets";

import type { CheckoutError, Item } from "shop:cart-exports/api";
import type { OrderLine } from "shop:orders-exports/api";

/**
 * Takes the items off the stock, all or none, and answers the lines of an order for them. The store has no transactions: of two carts
 * that take the last piece at the same time, both may get it.
 */
export async function takeFromStock(items: readonly Item[]): Promise<OrderLine[]> {
  const skus = items.map(({ sku }) => sku);
  const found = await products.getMany(skus);
  const left = await stock.getMany(skus);

  const lines: OrderLine[] = [];
  const rest: [sku: string, pieces: number][] = [];
  for (const [index, { sku, quantity }] of items.entries()) {
    const product = found[index];
    if (product === undefined) throw new ResultError<CheckoutError>({ tag: "unknown-product", val: sku });
    const pieces = (left[index] ?? 0) - quantity;
    if (pieces < 0) throw new ResultError<CheckoutError>({ tag: "out-of-stock", val: sku });
    lines.push({ sku, quantity, price: product.price });
    rest.push([sku, pieces]);
  }

  await stock.setMany(rest);
  return lines;
}
