import { ResultError } from "@golem-kit/sdk";
import { callerFrames } from "./caller-frames.ts";

/** What an invocation was answered with, an `err`, and by whom. Its stack is that of the test. */
export function answeredError(
  payload: unknown,
  { worker, function: name }: { readonly worker: string; readonly function: string },
): ResultError {
  const error = new ResultError(payload);
  error.message = `${worker} has answered ${name}: ${error.message}`;
  Error.captureStackTrace(error, answeredError);
  error.stack = [`${error.name}: ${error.message}`, ...callerFrames(error.stack)].join("\n");
  return error;
}
