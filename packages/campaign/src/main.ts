/** `npm run campaign`: tries at full length what the host promises, and writes down what came of it. */

import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { keepResult, keptResults } from "./kept-results.ts";
import { parts } from "./part.ts";
import { reliabilityPage } from "./reliability-page.ts";
import { runPart } from "./run-part.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const USAGE = `usage: npm run campaign -- [--part ${parts.map(({ name }) => name).join("|")}] [--short]`;

const { part: name, short } = readOptions();
const chosen = name === undefined ? parts : parts.filter((part) => part.name === name);
const length = short ? "short" : "full";
let failed = 0;
for (const part of chosen) {
  process.stdout.write(`${part.name}: ${part.how}\n`);
  const result = await runPart(part, length);
  failed += result.failed;
  await keepResult(result, length);
  for (const [figure, count] of result.figures) process.stdout.write(`  ${count} ${figure}\n`);
  for (const { of, figures, missed } of result.measurements)
    process.stdout.write(
      `  ${of}: ${JSON.stringify(figures)}${missed.map((aim) => `; missed: ${aim}`).join("")}\n`,
    );
  for (const failure of result.failures) process.stdout.write(`  ✖ ${failure}\n`);
  process.stdout.write(
    `  ${result.passed} passed, ${result.failed} failed, ${Math.round(result.seconds)} s\n`,
  );
}
await writePage();
process.exitCode = failed > 0 ? 1 : 0;

function readOptions(): { readonly part: string | undefined; readonly short: boolean } {
  try {
    const options = { part: { type: "string" }, short: { type: "boolean", default: false } } as const;
    const { values } = parseArgs({ options });
    if (values.part !== undefined && !parts.some((part) => part.name === values.part))
      throw new Error(`There is no part "${values.part}"`);
    return { part: values.part, short: values.short };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

/** Parts may be run on their own: the page is written when each has been tried. */
async function writePage(): Promise<void> {
  const results = await keptResults();
  if (results.length < parts.length) return;
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as { version: string };
  const page = reliabilityPage(results, {
    cores: availableParallelism(),
    gigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    version,
  });
  await writeFile(join(ROOT, "docs", "reliability.md"), page);
}
