/**
 * Loaded by every thread of a test run before anything else: notes, in the file that the environment names, each host
 * function that a guest calls for the first time in this thread. Only threads of hosts run guests.
 */

import { appendFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const file = process.env["GOLEM_KIT_CALLED_FUNCTIONS"];

if (!isMainThread && file !== undefined) {
  const { HOST_INTERFACES } = await import("../../src/interfaces/registry.ts");
  for (const { name, functions } of HOST_INTERFACES)
    for (const [key, original] of Object.entries(functions))
      functions[key] = noted(`${name}.${key}`, original);
}

function noted(name, original) {
  let isNew = true;
  const run = (...args) => {
    if (isNew) appendFileSync(file, `${name}\n`);
    isNew = false;
    return original.run(...args);
  };
  return { ...original, run };
}
