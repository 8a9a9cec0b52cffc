/**
 * Stands in for the wizer program when componentize-js starts it: mends the bindings that are about to be frozen into the
 * image, keeps this machine's paths and environment out of it, and runs the real one.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { env } from "node:process";
import wizer from "@bytecodealliance/wizer";
import { mendPlainResources } from "./plain-resources.ts";
import { freeArguments } from "./free-arguments.ts";
import { mendFlatIntegers } from "./flat-integers.ts";

process.exitCode = run(process.argv.slice(2), readFileSync(0, "utf8"));

function run(args: readonly string[], input: string): number {
  const [, initializer, prefix, source] =
    /--initializer-script-path (.+) --strip-path-prefix (.+)\/ (.+)$/.exec(input) ?? [];
  if (!initializer || prefix === undefined || !source) {
    throw new Error(`componentize-js gives wizer an unknown input: ${input}`);
  }
  const bindings = readFileSync(initializer, "utf8");
  writeFileSync(
    initializer,
    freeArguments(mendPlainResources(mendFlatIntegers(bindings, exportArguments()))),
  );
  const { status } = spawnSync(
    wizer,
    [
      `--mapdir=/bindings::${dirname(initializer)}`,
      `--mapdir=/source::${posix.dirname(`${prefix}/${source}`)}`,
      ...args.filter((arg) => !/^--(map)?dir=/.test(arg)),
    ],
    {
      env: Object.fromEntries(Object.entries(env).filter(([name]) => isForEngine(name))),
      input: `--initializer-script-path /bindings/initializer.js --strip-path-prefix /source/ /source/${posix.basename(source)}`,
      stdio: ["pipe", "inherit", "inherit"],
    },
  );
  return status ?? 1;
}

/** componentize-js tells the engine the functions of the world in its environment. */
function isForEngine(name: string): boolean {
  return /^(EXPORT|IMPORT)(\d+_|_CNT$)|^(FEATURE_CLOCKS|SOURCE_NAME|DEBUG)$/.test(name);
}

function exportArguments(): ReadonlyMap<string, string> {
  const names = Object.entries(env).filter(([name]) => /^EXPORT\d+_NAME$/.test(name));
  return new Map(names.map(([name, value]) => [value ?? "", env[name.replace("NAME", "ARGS")] ?? ""]));
}
