#!/usr/bin/env node
/** The launcher: plain JavaScript, because the machine's own Node may be too old to read TypeScript. */

import module from "node:module";
import { fileURLToPath } from "node:url";
import { findNode } from "./node-runtime.mjs";
import { runOnNode } from "./run-on-node.mjs";

const main = new URL("../src/main.ts", import.meta.url);

try {
  if (findNode() === process.execPath) {
    module.enableCompileCache(); // half of what a short command takes is compiling
    await import(main);
  } else runOnNode(fileURLToPath(import.meta.url), process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
