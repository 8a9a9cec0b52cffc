import { getArguments, getEnvironment, initialCwd as wasiInitialCwd } from "wasi:cli/environment@0.2.0";
import { exit as wasiExit } from "wasi:cli/exit@0.2.0";
import { getTerminalStderr } from "wasi:cli/terminal-stderr@0.2.0";
import { getTerminalStdin } from "wasi:cli/terminal-stdin@0.2.0";
import { getTerminalStdout } from "wasi:cli/terminal-stdout@0.2.0";

import { SdkError } from "./sdk-error.ts";
import { describeIssues, type OutputOf, type StandardSchema } from "./standard-schema.ts";

export type { OutputOf, StandardSchema } from "./standard-schema.ts";

/**
 * Which worker this is, as Golem tells it in the environment.
 *
 * @example
 * ```ts
 * const { workerName }: WorkerIdentity = identity();
 * ```
 */
export interface WorkerIdentity {
  readonly workerName: string;
  /** A UUID in text form. */
  readonly componentId: string;
  /** Of the code that runs: a replay after an update sees another one. */
  readonly componentVersion: bigint;
}

/**
 * The worker's arguments, without a program name in front. Read when it is called: at the top of a module there is no
 * worker yet.
 *
 * Stands on `wasi:cli/environment.get-arguments`.
 *
 * @example
 * ```ts
 * const [region = "eu"] = args();
 * ```
 */
export function args(): readonly string[] {
  return getArguments();
}

/**
 * All environment variables: the worker's own, those of its component, and Golem's `GOLEM_WORKER_NAME`,
 * `GOLEM_COMPONENT_ID` and `GOLEM_COMPONENT_VERSION`. They never change while a worker lives.
 *
 * Stands on `wasi:cli/environment.get-environment`.
 *
 * @example
 * ```ts
 * const { CURRENCY = "EUR" } = variables();
 * ```
 */
export function variables(): Readonly<Record<string, string>> {
  return Object.fromEntries(getEnvironment());
}

/**
 * One environment variable. Without a fallback it must be there.
 *
 * Stands on `wasi:cli/environment.get-environment`.
 *
 * @param fallback taken when the variable is not set
 * @throws SdkError `missing-variable`
 * @example
 * ```ts
 * const currency = variable("CURRENCY", "EUR");
 * const apiUrl = variable("API_URL");
 * ```
 */
export function variable(name: string, fallback?: string): string {
  const value = new Map(getEnvironment()).get(name) ?? fallback;
  if (value !== undefined) return value;
  throw new SdkError({
    code: "missing-variable",
    operation: `variable("${name}")`,
    message:
      `The environment variable ${name} is not set. Set it under \`env\` of the component in golem.yaml, ` +
      `or when the worker is created.`,
  });
}

/**
 * All environment variables, checked and typed by a schema: one mistake in `golem.yaml` is told at the first call, and not
 * where its value is used.
 *
 * Stands on `wasi:cli/environment.get-environment`.
 *
 * @param schema any Standard Schema of a record of texts; what it makes of them is returned
 * @throws SdkError `invalid-configuration` with every variable that does not fit, without their values
 * @example
 * ```ts
 * declare const settings: StandardSchema<Record<string, string>, { readonly RETRIES: number }>;
 *
 * const { RETRIES } = await configuration(settings);
 * ```
 */
export async function configuration<S extends StandardSchema>(schema: S): Promise<OutputOf<S>> {
  const validation = await schema["~standard"].validate(variables());
  if (validation.issues === undefined) return validation.value;
  throw new SdkError({
    code: "invalid-configuration",
    operation: "configuration",
    message:
      `The environment variables do not fit: ${describeIssues(validation.issues)}. Set them under \`env\` of the component ` +
      "in golem.yaml, or when the worker is created.",
  });
}

/**
 * Which worker this is.
 *
 * Stands on `wasi:cli/environment.get-environment`.
 *
 * @throws SdkError `missing-variable` outside of Golem
 * @example
 * ```ts
 * const { workerName, componentVersion } = identity();
 * ```
 */
export function identity(): WorkerIdentity {
  return {
    workerName: variable("GOLEM_WORKER_NAME"),
    componentId: variable("GOLEM_COMPONENT_ID"),
    componentVersion: BigInt(variable("GOLEM_COMPONENT_VERSION")),
  };
}

/**
 * The directory that relative paths begin at, if the platform names one; Golem 1.2 does not, and they begin at `/`.
 *
 * Stands on `wasi:cli/environment.initial-cwd`.
 *
 * @example
 * ```ts
 * const cwd = initialCwd() ?? "/";
 * ```
 */
export function initialCwd(): string | undefined {
  return wasiInitialCwd();
}

/**
 * Ends the worker for good: the invocation gets no answer, and neither does any later one
 * (`PreviousInvocationExited`). To end only this invocation, return or throw.
 *
 * Stands on `wasi:cli/exit.exit`.
 *
 * @param code 0 for success; Golem 1.2 does not keep it @default 0
 * @example
 * ```ts
 * if (variable("RETIRED", "") !== "") exit();
 * ```
 */
export function exit(code = 0): never {
  wasiExit(code === 0 ? { tag: "ok", val: undefined } : { tag: "err", val: undefined });
  throw new Error("wasi:cli/exit.exit has returned");
}

/**
 * Whether a standard stream is a terminal. A worker has none: always false on Golem.
 *
 * Stands on `wasi:cli/terminal-stdin.get-terminal-stdin`, `terminal-stdout.get-terminal-stdout` and
 * `terminal-stderr.get-terminal-stderr`.
 *
 * @example
 * ```ts
 * const text = isTerminal("stdout") ? "\u001B[1mdone\u001B[0m" : "done";
 * ```
 */
export function isTerminal(stream: "stdin" | "stdout" | "stderr"): boolean {
  const open = { stdin: getTerminalStdin, stdout: getTerminalStdout, stderr: getTerminalStderr }[stream];
  using terminal = open();
  return terminal !== undefined;
}
