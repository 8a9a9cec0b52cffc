/** Checks the TSDoc of the packages that are named: `node scripts/check-documentation.ts packages/sdk`. */

import { join } from "node:path";

import { checkDocumentation } from "./documentation/check-package.ts";
import { root } from "./tool.ts";

for (const folder of process.argv.slice(2)) {
  const problems = await checkDocumentation(join(root, folder));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
