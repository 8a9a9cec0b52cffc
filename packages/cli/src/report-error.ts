import { FunctionNameError, WitError } from "@golem-kit/wit";
import pc from "picocolors";
import { RestError } from "./rest/rest-error.ts";
import { UserError } from "./user-error.ts";

const couldNotBeDone = 1;
/** `EX_SOFTWARE` of sysexits. */
const internalDefect = 70;

/** Errors whose message says what a person can do. */
const explained = [RestError, WitError, FunctionNameError];

/**
 * Prints an error on standard error: its message, and its stack if that helps anyone.
 *
 * @returns the exit code
 */
export function reportError(error: unknown, { verbose }: { readonly verbose: boolean }): number {
  const exitCode =
    error instanceof UserError
      ? error.exitCode
      : explained.some((type) => error instanceof type)
        ? couldNotBeDone
        : internalDefect;
  const message = error instanceof Error ? error.message : String(error);
  const title = exitCode === internalDefect ? "This is a defect of golem-kit: " : "";
  process.stderr.write(`${pc.red("✖")} ${title}${message}\n`);
  if (verbose || exitCode === internalDefect) {
    process.stderr.write(`${pc.dim(error instanceof Error ? (error.stack ?? "") : "")}\n`);
  }
  return exitCode;
}
