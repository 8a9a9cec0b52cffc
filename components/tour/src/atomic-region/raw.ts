import { markBeginOperation, markEndOperation } from "golem:api/host@1.1.0";

import type { Stock } from "kit:tour-exports/raw";

import { readNumber, writeNumber } from "../keyvalue/raw.ts";

export function atomicRegion(product: string, pieces: number): Stock {
  const shelf = readNumber(`${product} on the shelf`, 10) - pieces;
  const sold = readNumber(`${product} sold`, 0) + pieces;

  const begin = markBeginOperation();
  writeNumber(`${product} on the shelf`, shelf);
  writeNumber(`${product} sold`, sold);
  markEndOperation(begin);
  return { shelf, sold };
}
