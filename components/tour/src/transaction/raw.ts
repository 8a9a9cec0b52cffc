import type { Stock } from "kit:tour-exports/raw";

import { readNumber, writeNumber } from "../keyvalue/raw.ts";

export function saga(product: string, pieces: number, cardIsGood: boolean): Stock {
  const undo: (() => void)[] = [];
  try {
    move(product, "left", -pieces);
    undo.push(() => move(product, "left", pieces));
    if (!cardIsGood) throw new Error("The card is declined");
    move(product, "gone", pieces);
  } catch {
    // Without an atomic region: a crash in the middle goes on in the middle.
    for (const step of undo.toReversed()) step();
  }
  return { shelf: count(product, "left"), sold: count(product, "gone") };
}

type Place = "left" | "gone";

function move(product: string, place: Place, pieces: number): void {
  writeNumber(`${product} ${place}`, count(product, place) + pieces);
}

function count(product: string, place: Place): number {
  return readNumber(`${product} ${place}`, place === "left" ? 10 : 0);
}
