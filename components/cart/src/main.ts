import { ResultError, type Implementation } from "@golem-kit/sdk";
import { call, schedule, unwrap, type ScheduledCall } from "@golem-kit/sdk/rpc";
import { self } from "@golem-kit/sdk/worker";

import type { CheckoutError, Item, OrderSummary } from "shop:cart-exports/api";
import type * as Exports from "shop:cart-exports/api";
import { Api as OrderClient } from "shop:orders-client/orders-client";
import type { Order, OrderError } from "shop:orders-exports/api";

import { takeFromStock } from "./stock.ts";

const cart = new Map<string, number>();
const orderIds: string[] = [];
let reminder: ScheduledCall | undefined;

function add(sku: string, quantity: number): void {
  cart.set(sku, (cart.get(sku) ?? 0) + quantity);
}

function items(): Item[] {
  return Array.from(cart, ([sku, quantity]) => ({ sku, quantity }));
}

async function checkout(): Promise<OrderSummary> {
  if (cart.size === 0) throw new ResultError<CheckoutError>({ tag: "empty-cart" });
  const lines = await takeFromStock(items());

  const id = `${self().workerName}-${orderIds.length + 1}`;
  using order = new OrderClient(id);
  const added = await Promise.all(lines.map((line) => call(order.addLine(line))));
  for (const result of added) unwrap(result);

  reminder = schedule("1 day", (at) => order.scheduleRemind("Your order is waiting", at));
  orderIds.push(id);
  cart.clear();
  return summary(order.blockingGet());
}

async function place(): Promise<OrderSummary> {
  const id = orderIds.at(-1);
  if (id === undefined) throw new ResultError<CheckoutError>({ tag: "empty-cart" });

  using order = new OrderClient(id);
  const placed = await call(order.place({ express: false, gift: false, insured: true }));
  if (placed.tag === "err")
    throw new ResultError<CheckoutError>({ tag: "order-refused", val: reasonOf(placed.val) });

  reminder?.cancel();
  return summary(placed.val);
}

function orders(): Promise<OrderSummary[]> {
  return Promise.all(
    orderIds.map(async (id) => {
      using order = new OrderClient(id);
      return summary(await call(order.get()));
    }),
  );
}

function summary({ id, total, lines, status }: Order): OrderSummary {
  return { id, total, lines: lines.length, placed: status === "placed" };
}

function reasonOf(error: OrderError): string {
  switch (error.tag) {
    case "empty":
      return "it has no lines";
    case "invalid-line":
      return error.val;
    case "closed":
      return `it is ${error.val}`;
  }
}

export const api: Implementation<typeof Exports> = {
  add,
  items,
  checkout,
  place,
  orders,
};
