import { execFile } from "node:child_process";
import { join } from "node:path";

/** The workspace, which is an application too. */
export const applicationRoot = join(import.meta.dirname, "..", "..", "..");

export interface End {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `golem-kit` as a person does, in the workspace. */
export async function golemKit(...args: readonly string[]): Promise<End> {
  return golemKitIn(applicationRoot, ...args);
}

/** Runs `golem-kit` in a directory. */
export async function golemKitIn(directory: string, ...args: readonly string[]): Promise<End> {
  return runScript(directory, join(import.meta.dirname, "..", "bin", "golem-kit.mjs"), ...args);
}

/** Runs `golem-kit` in the workspace, with other variables in its environment. */
export async function golemKitWith(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<End> {
  const script = join(import.meta.dirname, "..", "bin", "golem-kit.mjs");
  return run({ cwd: applicationRoot, env }, script, args);
}

/** Runs a script on this Node. */
export async function runScript(directory: string, script: string, ...args: readonly string[]): Promise<End> {
  return run({ cwd: directory, env: {} }, script, args);
}

async function run(
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  script: string,
  args: readonly string[],
): Promise<End> {
  const { promise, resolve } = Promise.withResolvers<End>();
  const options = { cwd, env: { ...process.env, NO_COLOR: "1", ...env } };
  const child = execFile(process.execPath, [script, ...args], options, (_error, stdout, stderr) =>
    resolve({ code: child.exitCode ?? -1, stdout, stderr }),
  );
  return promise;
}
