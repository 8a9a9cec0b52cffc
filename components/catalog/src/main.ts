import { ResultError, type Implementation } from "@golem-kit/sdk";

import type { Product } from "shop:catalog-exports/api";
import type * as Exports from "shop:catalog-exports/api";

import { products, stock } from "./buckets.ts";

async function listProducts(): Promise<Product[]> {
  const found = await products.getMany(await products.keys());
  return found.filter((product) => product !== undefined);
}

async function remove(sku: string): Promise<void> {
  await products.delete(sku);
  await stock.delete(sku);
}

async function restock(sku: string, pieces: number): Promise<number> {
  if (!(await products.has(sku))) throw new ResultError(`There is no product "${sku}"`);
  const now = (await inStock(sku)) + pieces;
  await stock.set(sku, now);
  return now;
}

async function inStock(sku: string): Promise<number> {
  return (await stock.get(sku)) ?? 0;
}

export const api: Implementation<typeof Exports> = {
  put: (product) => products.set(product.sku, product),
  find: (sku) => products.get(sku),
  listProducts,
  remove,
  restock,
  stock: inStock,
};
