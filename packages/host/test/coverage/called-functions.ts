import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the functions are that guests called in this run; `undefined` if it runs only some of the tests. */
    calledFunctions: string | undefined;
  }
}

/** For vitest's `globalSetup`: has the threads of hosts note which host functions the tests of this run call. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "golem-kit-called-"));
  const file = join(folder, "functions.txt");
  writeFileSync(file, "");
  process.env["GOLEM_KIT_CALLED_FUNCTIONS"] = file;
  project.provide("calledFunctions", runsAllTests() ? file : undefined);
  return () => rmSync(folder, { recursive: true, force: true });
}

export function readCalledFunctions(file: string): ReadonlySet<string> {
  return new Set(readFileSync(file, "utf8").split("\n"));
}

/** `vitest run` without the names of files or tests. */
function runsAllTests(): boolean {
  return process.argv.slice(3).every((argument) => argument.startsWith("-"));
}
