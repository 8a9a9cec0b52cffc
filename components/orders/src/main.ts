import { ResultError, type Implementation } from "@golem-kit/sdk";
import { atomically, idempotencyKey } from "@golem-kit/sdk/durability";
import { logger } from "@golem-kit/sdk/logging";
import { self } from "@golem-kit/sdk/worker";

import type { Delivery, Order, OrderError, OrderLine, OrderStatus } from "shop:orders-exports/api";
import type * as Exports from "shop:orders-exports/api";

import { Invoice } from "./invoice.ts";
import { paidOrders, payments } from "./payments.ts";

const log = logger("orders");

// The state of the order. It needs no database: Golem replays the worker's calls after a restart, and they make it again.
const lines: OrderLine[] = [];
const reminders: string[] = [];
let status: OrderStatus = "open";
let delivery: Delivery = { express: false, gift: false, insured: false };
let payment: string | undefined;

function get(): Order {
  const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const order = { id: self().workerName, lines, status, delivery, total, reminders };
  return payment === undefined ? order : { ...order, payment };
}

function assertOpen(): void {
  if (status !== "open") throw new ResultError<OrderError>({ tag: "closed", val: status });
}

function addLine(line: OrderLine): number {
  assertOpen();
  if (line.quantity === 0)
    throw new ResultError<OrderError>({ tag: "invalid-line", val: `no pieces of ${line.sku}` });
  return lines.push(line);
}

async function place(wanted: Delivery): Promise<Order> {
  if (status === "placed") return get();
  assertOpen();
  if (lines.length === 0) throw new ResultError<OrderError>({ tag: "empty" });

  // Made before the region: if it is repeated, the payment is recorded under the same key, not a second time.
  const key = idempotencyKey();
  const { id, total } = get();
  await atomically(async () => {
    await payments.set(key, { order: id, amount: total });
    await paidOrders.set(id, key);
  });

  payment = key;
  delivery = wanted;
  status = "placed";
  log.info("placed", { id, total });
  return get();
}

function cancel(): void {
  assertOpen();
  status = "cancelled";
}

function remind(text: string): void {
  if (status === "open") reminders.push(text);
}

export const api: Implementation<typeof Exports> = {
  Invoice,
  addLine,
  place,
  cancel,
  remind,
  get,
};
