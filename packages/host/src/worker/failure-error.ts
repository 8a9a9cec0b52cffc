import { GolemError } from "../ground/golem-error.ts";
import { DivergenceError } from "../oplog/divergence-error.ts";

/**
 * What the caller of a failed invocation is told.
 *
 * @param details what was recorded of the failure
 */
export function failureError(error: unknown, details: string): GolemError {
  if (!(error instanceof DivergenceError)) return new GolemError({ type: "RuntimeError", details });
  return new GolemError({ type: "UnexpectedOplogEntry", expected: error.expected, got: error.message });
}

/** What callers are told when the host itself could not go on. */
export function asGolemError(error: unknown): GolemError {
  if (error instanceof GolemError) return error;
  const details = error instanceof Error ? error.message : String(error);
  return new GolemError({ type: "Unknown", details }, { cause: error });
}
