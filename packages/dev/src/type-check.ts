import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** A mistake that the compiler finds. */
export interface TypeMistake {
  /** `components/cart/src/main.ts:31:8` */
  readonly place: string;
  readonly message: string;
}

const run = promisify(execFile);

/** Milliseconds that a check may take. */
const PATIENCE = 60_000;

/**
 * Checks the types of a component by the application's own compiler.
 *
 * @param rootDir where the compiler is looked for; places are relative to it
 * @returns undefined if there is no compiler, or the component has no `tsconfig.json`
 */
export async function typeMistakes(
  rootDir: string,
  dir: string,
): Promise<readonly TypeMistake[] | undefined> {
  const compiler = findCompiler(rootDir);
  if (compiler === undefined || !existsSync(join(dir, "tsconfig.json"))) return undefined;
  const args = [compiler, "-p", dir, "--noEmit", "--pretty", "false"];
  const { stdout } = await run(process.execPath, args, {
    cwd: rootDir,
    timeout: PATIENCE,
    maxBuffer: 2 ** 24,
  }).catch((error: unknown) => error as { readonly stdout?: string });
  return Array.from(
    (stdout ?? "").matchAll(/^(.+?)\((\d+),(\d+)\): error TS\d+: (.*)$/gm),
    ([, file, line, column, message = ""]) => {
      return { place: `${file}:${line}:${column}`, message };
    },
  );
}

function findCompiler(rootDir: string): string | undefined {
  try {
    const found = createRequire(join(rootDir, "package.json")).resolve("typescript/package.json");
    const compiler = join(dirname(found), "bin", "tsc");
    return existsSync(compiler) ? compiler : undefined;
  } catch {
    return undefined;
  }
}
