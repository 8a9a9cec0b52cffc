import { fallibleTransaction, operation } from "@golem-kit/sdk/transaction";

import type { Stock } from "kit:tour-exports/sdk";

import { numbers } from "../keyvalue/sdk.ts";

interface Sale {
  readonly product: string;
  readonly pieces: number;
}

const takeFromShelf = operation({
  name: "take from the shelf",
  execute: ({ product, pieces }: Sale) => move(product, "left", -pieces),
  compensate: ({ product, pieces }) => move(product, "left", pieces),
});

const sell = operation({
  name: "sell",
  execute: ({ product, pieces }: Sale) => move(product, "gone", pieces),
  compensate: ({ product, pieces }) => move(product, "gone", -pieces),
});

export async function saga(product: string, pieces: number, cardIsGood: boolean): Promise<Stock> {
  const sale = { product, pieces };
  await fallibleTransaction(async (transaction) => {
    await transaction.run(takeFromShelf, sale);
    if (!cardIsGood) throw new Error("The card is declined");
    await transaction.run(sell, sale);
  });
  return { shelf: await count(product, "left"), sold: await count(product, "gone") };
}

type Place = "left" | "gone";

async function move(product: string, place: Place, pieces: number): Promise<void> {
  await numbers.set(`${product} ${place}`, (await count(product, place)) + pieces);
}

async function count(product: string, place: Place): Promise<number> {
  return (await numbers.get(`${product} ${place}`)) ?? (place === "left" ? 10 : 0);
}
