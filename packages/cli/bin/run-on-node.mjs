/** Runs a script on the Node of {@link findNode}. Plain JavaScript for Node ≥ 18. */

import { spawn } from "node:child_process";
import { environmentFor, findNode } from "./node-runtime.mjs";

/**
 * Passes standard streams and signals through, and ends this process the way that the script ended.
 *
 * @param {string} script path of the script
 * @param {readonly string[]} args its arguments
 */
export function runOnNode(script, args) {
  const node = findNode();
  const child = spawn(node, [script, ...args], { stdio: "inherit", env: environmentFor(node) });
  // A terminal sends Ctrl-C to both processes: this one only waits for the other's end.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
