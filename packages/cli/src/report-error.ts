import pc from "picocolors";
import { UserError } from "./user-error.ts";
import { withoutWasmFrames } from "./without-wasm-frames.ts";

const couldNotBeDone = 1;
/** `EX_SOFTWARE` of sysexits. */
const internalDefect = 70;

/** Errors whose message says what a person can do. By name, so that reporting loads neither the build nor the host. */
const explained: ReadonlySet<string> = new Set([
  "BuildError",
  "DebuggerError",
  "DeploymentError",
  "FunctionNameError",
  "GolemError",
  "ManifestError",
  "NameError",
  "NetworkRuleError",
  "RestError",
  "StorageError",
  "WitError",
]);

/**
 * Prints an error on standard error: its message, and its stack where that helps anyone.
 *
 * @returns the exit code
 */
export function reportError(error: unknown, { verbose }: { readonly verbose: boolean }): number {
  const exitCode = exitCodeOf(error);
  const isDefect = exitCode === internalDefect;
  const whole = error instanceof Error ? error.message : String(error);
  const message = verbose ? whole : withoutWasmFrames(whole);
  const stack = error instanceof Error && (isDefect || verbose) ? `${pc.dim(error.stack ?? "")}\n` : "";
  const title = isDefect ? "This is a defect of golem-kit: " : "";
  process.stderr.write(`${pc.red("✖")} ${title}${message}\n${stack}`);
  return exitCode;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UserError) return error.exitCode;
  return error instanceof Error && explained.has(error.name) ? couldNotBeDone : internalDefect;
}
