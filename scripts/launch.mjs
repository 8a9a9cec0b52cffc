/** Plain JavaScript for Node ≥ 18 without dependencies: it runs before anything is installed. */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { runOnNode } from "../packages/cli/bin/run-on-node.mjs";
import { install, isInstalled } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @param {string} script path of the script
 * @param {readonly string[]} args its arguments
 */
export function launch(script, args) {
  try {
    if (!isInstalled(root)) install(root);
    runOnNode(script, args);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
