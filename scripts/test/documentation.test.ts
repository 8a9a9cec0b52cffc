import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { checkDocumentation } from "../documentation/check-package.ts";

/** What is wrong with a package of these files. */
async function problemsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "golem-kit-documented-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const manifest = JSON.stringify({ name: "documented", type: "module", exports: { ".": "./src/index.ts" } });
  for (const [path, text] of Object.entries({ "package.json": manifest, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const problems = await checkDocumentation(folder);
  return problems.map((problem) => problem.slice(problem.indexOf("src/index.ts")));
}

const example = (code: string): string =>
  `/**\n * Something.\n *\n * @example\n * \`\`\`ts\n * ${code}\n * \`\`\`\n */\n`;

test("a symbol with an example that is typed right is described", async () => {
  const problems = await problemsOf({
    "src/index.ts": 'export { double } from "./double.ts";\n',
    "src/double.ts": `${example("const four: number = double(2);")}export function double(n: number): number {\n  return n * 2;\n}\n`,
  });
  expect(problems).toEqual([]);
});

test("what has no TSDoc, no example, or a method that is not described is told with its place", async () => {
  const problems = await problemsOf({
    "src/index.ts": `export const bare = 1;\n\n/** Described only. */\nexport type Half = 0.5;\n\n${example("new Box().open();")}export class Box {\n  open(): void {}\n}\n`,
  });
  expect(problems).toEqual([
    expect.stringMatching(/^src\/index\.ts:1: bare is exported without TSDoc/),
    expect.stringMatching(/^src\/index\.ts:4: Half has no @example/),
    expect.stringMatching(/^src\/index\.ts:15: Box\.open has no TSDoc/),
  ]);
});

test("an example that is typed wrong is told at its line", async () => {
  const problems = await problemsOf({
    "src/index.ts": `${example('double("two");')}export function double(n: number): number {\n  return n * 2;\n}\n`,
  });
  expect(problems).toEqual([expect.stringMatching(/^src\/index\.ts:6: in an example: error TS2345/)]);
});

test("what comes from elsewhere has to be declared to be described", async () => {
  const problems = await problemsOf({ "src/index.ts": 'export { join } from "node:path";\n' });
  expect(problems).toEqual([expect.stringMatching(/^src\/index\.ts:1: join is exported without TSDoc/)]);
});
