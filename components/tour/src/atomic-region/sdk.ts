import { atomically } from "@golem-kit/sdk/durability";

import type { Stock } from "kit:tour-exports/sdk";

import { numbers } from "../keyvalue/sdk.ts";

export async function atomicRegion(product: string, pieces: number): Promise<Stock> {
  const shelf = ((await numbers.get(`${product} on the shelf`)) ?? 10) - pieces;
  const sold = ((await numbers.get(`${product} sold`)) ?? 0) + pieces;

  await atomically(async () => {
    await numbers.set(`${product} on the shelf`, shelf);
    await numbers.set(`${product} sold`, sold);
  });
  return { shelf, sold };
}
