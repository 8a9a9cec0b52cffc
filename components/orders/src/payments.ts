import { openBucket } from "@golem-kit/sdk/keyvalue";

interface Payment {
  readonly order: string;
  /** In cents. */
  readonly amount: number;
}

/** What was paid, by payment key. */
export const payments = openBucket<Payment>("payments");

/** The payment key of every paid order. */
export const paidOrders = openBucket<string>("paid-orders");
