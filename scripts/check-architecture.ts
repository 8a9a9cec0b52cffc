/** Refuses imports against the architecture, and circles: `node scripts/check-architecture.ts`. */

import { checkArchitecture } from "./architecture/check-architecture.ts";
import { root } from "./tool.ts";

const problems = await checkArchitecture(root);
if (problems !== undefined) {
  console.error(problems);
  process.exitCode = 1;
}
