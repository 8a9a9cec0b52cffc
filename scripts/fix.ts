/** `npm run fix`: mends what can be mended without judgement. */

import { runTool } from "./tool.ts";

const lint = await runTool("oxlint", ["--fix"]);
const format = await runTool("oxfmt", []);
console.log([lint.output, format.output].map((output) => output.trim()).join("\n"));
process.exitCode = lint.ok && format.ok ? 0 : 1;
