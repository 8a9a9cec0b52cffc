/** `npm run check`: types, lint, architecture, format and unused code, and one summary. */

import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { root, runTool, type ToolResult } from "./tool.ts";

interface Check {
  readonly name: string;
  readonly tool: string;
  readonly args: readonly string[];
}

const CONFIG = `{ "extends": "../../tsconfig.component.json" }`;

const projects = globSync("{packages/*,components/*,scripts}/tsconfig.json", { cwd: root }).map(dirname);

const checks: readonly Check[] = [
  { name: "lint", tool: "oxlint", args: [] },
  { name: "unused code and dependencies", tool: "knip", args: ["--no-progress"] },
  { name: "architecture", tool: "node", args: ["scripts/check-architecture.ts"] },
  { name: "format", tool: "oxfmt", args: ["--check"] },
  {
    name: "documentation of packages/sdk",
    tool: "node",
    args: ["scripts/check-documentation.ts", "packages/sdk"],
  },
  ...projects.map((project) => ({ name: `types of ${project}`, tool: "tsc", args: ["-p", project] })),
];

const started = performance.now();
// The types of components are partly generated from their WIT.
const build = await runTool("golem-kit", ["build"]);
report("build", build);
const failed: string[] = build.ok ? [] : ["build"];
for (const component of globSync("components/*/golem.yaml", { cwd: root }).map(dirname)) {
  if (projects.includes(component)) continue;
  failed.push(component);
  report(component, {
    ok: false,
    output: `Its types are not checked. Write ${component}/tsconfig.json: ${CONFIG}`,
  });
}
const waiting = [...checks];
await Promise.all(Array.from({ length: availableParallelism() }, runWaiting));

const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  failed.length === 0
    ? `\nAll ${checks.length + 1} checks pass (${seconds} s).`
    : `\n${failed.length} of ${checks.length + 1} checks fail (${seconds} s): ${failed.join(", ")}. "npm run fix" mends format and some of lint.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

async function runWaiting(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const result = await runTool(check.tool, check.args);
    if (!result.ok) failed.push(check.name);
    report(check.name, result);
  }
}

function report(name: string, { ok, output }: ToolResult): void {
  console.log(ok ? `✔ ${name}` : `✖ ${name}\n${output.trimEnd().replaceAll(/^/gm, "    ")}\n`);
}
