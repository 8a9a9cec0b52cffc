import { openBucket } from "@golem-kit/sdk/keyvalue";

export interface Product {
  readonly sku: string;
  readonly name: string;
  /** In cents. */
  readonly price: number;
}

/** Products by SKU. */
export const products = openBucket<Product>("products");

/** Pieces in stock by SKU. */
export const stock = openBucket<number>("stock");
