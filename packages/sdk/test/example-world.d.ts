/** What the examples in this package's TSDoc use without introducing it. */

import type { Container } from "@golem-kit/sdk/blobstore";
import type { Bucket } from "@golem-kit/sdk/keyvalue";
import type { Logger } from "@golem-kit/sdk/logging";
import type { DurablePromise } from "@golem-kit/sdk/promise";
import type { RemoteFunction, RemoteWorker, WitType, WitValue } from "@golem-kit/sdk/remote";
import type { CancellationToken, Datetime, Future, Result } from "@golem-kit/sdk/rpc";
import type { Span } from "@golem-kit/sdk/context";
import type { TcpConnection } from "@golem-kit/sdk/sockets";
import type { Operation } from "@golem-kit/sdk/transaction";
import type { WorkerAddress } from "@golem-kit/sdk/worker";
import type { StandardSchema } from "@golem-kit/sdk/keyvalue";
import type { Descriptor } from "wasi:filesystem/types@0.2.0";

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

interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
}

interface Verdict {
  readonly approved: boolean;
}

/** More clients that are generated from WIT. */
interface Dealer {
  ask(): Future<number>;
}

interface Payment {
  charge(total: number): Future<{ readonly number: string }>;
}

interface Warehouse {
  reserve(sku: string, quantity: number): Future<Result<string, PlacingError>>;
  release(reservation: string): Future<boolean>;
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
  const error: unknown;
  const url: string;
  const report: string;
  const customer: string;
  const order: { readonly id: string };
  const picture: Uint8Array;
  const priceSchema: StandardSchema<unknown, number>;
  const metrics: { count(name: string): void };
  const span: Span;
  const file: Descriptor;
  const future: Future<string>;
  const dealer: Dealer;
  const offer: Dealer;
  const payment: Payment;
  const warehouse: Warehouse;
  const address: WorkerAddress;
  const id: string;
  const approval: DurablePromise<Verdict>;
  const counter: RemoteWorker;
  const add: RemoteFunction<readonly [WitType<number>], WitType<bigint>>;
  const resize: RemoteFunction<readonly [WitType<Uint8Array>, WitType<number>], WitType<Uint8Array>>;
  const nodes: WitValue;
  const line: OrderLine;
  const reserve: Operation<OrderLine, string>;
  const chargeCard: Operation<string, { readonly number: string }>;
  type Line = OrderLine;
  type Decision = Verdict;
  type OrderError = PlacingError;
  /** The generated types of a component's interface. */
  const Exports: { place(key: string): number };

  function charge(card: string, total: number, key: string): Promise<void>;
  function writeReceipt(total: number): string;
  function payOnce(card: string, total: number): Promise<void>;
  function render(thing: object): string;
  function digest(): string;
  function attempt(): Promise<boolean>;
  function checkStock(tick: number): Promise<boolean>;
  function serve(connection: TcpConnection): Promise<void>;
}
