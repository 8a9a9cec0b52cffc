/** What the examples in this package's TSDoc use without introducing it. */

import type { Container } from "@golem-kit/sdk/blobstore";
import type { Bucket } from "@golem-kit/sdk/keyvalue";
import type { Logger } from "@golem-kit/sdk/logging";
import type { CancellationToken, Datetime, Future, Result } from "@golem-kit/sdk/rpc";

interface Product {
  readonly name: string;
  readonly price: number;
}

type PlacingError = { readonly tag: "empty" } | { readonly tag: "unknown-sku"; readonly val: string };

/** A client that is generated from another component's WIT. */
interface Orders {
  get(): Future<readonly string[]>;
  place(key: string): Future<Result<number, PlacingError>>;
  scheduleRemind(text: string, at: Datetime): CancellationToken;
}

declare global {
  const log: Logger;
  const input: string;
  const products: Bucket<Product>;
  const stock: Bucket<number>;
  const sold: Bucket<string>;
  const receipts: Container;
  const response: Response & { readonly body: NonNullable<Response["body"]> };
  const lines: readonly string[];
  const orders: Orders;
  const teaOrder: Orders;
  const coffeeOrder: Orders;
  const sku: string;
  const left: number;
  const orderId: string;
  const card: string;
  const total: number;
  type OrderError = PlacingError;
  /** The generated types of a component's interface. */
  const Exports: { place(key: string): number };

  function charge(card: string, total: number, key: string): Promise<void>;
  function writeReceipt(total: number): string;
}
