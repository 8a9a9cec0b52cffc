import { describeValue } from "../describe-value.ts";
import { SdkError } from "../sdk-error.ts";

/**
 * Refuses a promise, or anything else that is no function, before what it is for has begun: its work would not be part
 * of that.
 *
 * @throws SdkError `not-a-function`
 */
export function requireFunction(operation: string, body: unknown): void {
  if (typeof body === "function") return;
  const given = body instanceof Promise ? "a promise, whose work has begun already" : describeValue(body);
  throw new SdkError({
    code: "not-a-function",
    operation,
    message: `${operation} was given ${given}. Give it a function: ${operation}(…, async () => { … }).`,
  });
}
