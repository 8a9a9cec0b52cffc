/** `node build-once.ts FOLDER CACHE [component]`: builds an application once, and prints what each step took as JSON. */

import { enableCompileCache } from "node:module";

import type { BuildEvent } from "@golem-kit/build";

// As the command line does.
enableCompileCache();
const { buildComponents, loadApplication } = await import("@golem-kit/build");
const [folder = "", cacheDir = "", component] = process.argv.slice(2);
const steps: BuildEvent[] = [];
await buildComponents(await loadApplication(folder), {
  cacheDir,
  ...(component !== undefined && { only: [component] }),
  onProgress: (event) => void (event.type === "end" && steps.push(event)),
});
console.log(JSON.stringify(steps));
