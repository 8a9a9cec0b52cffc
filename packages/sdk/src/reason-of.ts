import { describeValue } from "./describe-value.ts";

/** An error in a sentence of another one. */
export function reasonOf(cause: unknown): string {
  return Error.isError(cause) ? cause.message : describeValue(cause);
}
