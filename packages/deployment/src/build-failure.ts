import { DeploymentError } from "./deployment-error.ts";

/** A component that could not be built. */
export interface BuildFailure {
  readonly name: string;
  readonly error: unknown;
}

/** One error for components that could not be built: that of the only one, or one with the messages of all. */
export function failureOf(failures: readonly BuildFailure[]): unknown {
  const [first] = failures;
  if (failures.length === 1) return first?.error;
  const reasons = failures.map(
    ({ name, error }) => `${name}: ${error instanceof Error ? error.message : String(error)}`,
  );
  const message = `${failures.length} components cannot be built.\n${reasons.join("\n")}`;
  return new DeploymentError(message, { cause: first?.error });
}
