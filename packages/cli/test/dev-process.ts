import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { startDev as start, type DevProcess } from "../src/index.ts";
import { type End, golemKitIn } from "./golem-kit.ts";

/** The loop on an application in a directory of its own. */
export interface TestedDev extends DevProcess {
  readonly directory: string;
  /** Writes a file of the application. @returns how many events there were before */
  save(path: string, edit: (text: string) => string): Promise<number>;
  /** Runs `golem-kit` on this server. */
  golemKit(command: string, ...args: readonly string[]): Promise<End>;
}

/** Starts it and waits until the application is deployed. Ends with the test. */
export async function startDev(directory: string, ...options: readonly string[]): Promise<TestedDev> {
  const dev = await start(directory, options);
  onTestFinished(() => dev[Symbol.asyncDispose]());
  return {
    ...dev,
    directory,
    async save(path, edit) {
      const before = dev.events.length;
      const file = join(directory, path);
      await writeFile(file, edit(await readFile(file, "utf8")));
      return before;
    },
    golemKit: (command, ...args) => golemKitIn(directory, command, ...args, "--url", dev.url),
  };
}

/** The result that a worker answers, as the command line prints it. */
export async function invoke(
  dev: Pick<TestedDev, "golemKit">,
  component: string,
  worker: string,
  ...call: readonly string[]
): Promise<string> {
  const { code, stdout, stderr } = await dev.golemKit("invoke", component, worker, ...call);
  if (code !== 0) throw new Error(stderr);
  return stdout.trimEnd();
}
