import { describeValue } from "../describe-value.ts";
import { WorkerError } from "./worker-error.ts";

const LARGEST_U64 = 2n ** 64n - 1n;

/** @param what names the value in the error: `The version` @throws WorkerError `invalid-argument` */
export function requireU64(operation: string, what: string, value: bigint, least = 0n): void {
  if (typeof value === "bigint" && value >= least && value <= LARGEST_U64) return;
  throw new WorkerError({
    code: "invalid-argument",
    operation,
    message: `${what} is ${describeValue(value)}; it must be a bigint of at least ${least}n.`,
  });
}
