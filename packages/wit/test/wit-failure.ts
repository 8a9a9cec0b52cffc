import { expect } from "vitest";
import { WitError } from "../src/index.ts";

/** The error that reading or resolving some WIT ends with. */
export function failureOf(action: () => unknown): WitError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(WitError);
    if (error instanceof WitError) return error;
  }
  throw new Error("expected a WitError, but nothing failed");
}
