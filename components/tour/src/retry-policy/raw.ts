import { getRetryPolicy, markBeginOperation, markEndOperation, setRetryPolicy } from "golem:api/host@1.1.0";

import { readNumber, writeNumber } from "../keyvalue/raw.ts";

const MILLISECOND = 1_000_000n;

export function retryPolicy(product: string, failures: number): number {
  const before = getRetryPolicy();
  setRetryPolicy({ ...before, maxAttempts: failures + 10, minDelay: MILLISECOND, maxDelay: MILLISECOND });

  // What fails in a region is done again; outside of one, what was recorded is replayed to the same failure.
  const begin = markBeginOperation();
  const attempt = readNumber(`${product} attempts`, 0) + 1;
  writeNumber(`${product} attempts`, attempt);
  if (attempt <= failures) throw new Error(`Attempt ${attempt} fails`);
  markEndOperation(begin);

  setRetryPolicy(before);
  return attempt;
}
