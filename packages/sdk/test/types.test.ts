import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";

import { exportedSymbols } from "../../../scripts/documentation/exported-symbols.ts";

const run = promisify(execFile);
const SDK = join(import.meta.dirname, "..");
const COMPILES = 120_000;

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
}

const { exports } = JSON.parse(readFileSync(join(SDK, "package.json"), "utf8")) as Manifest;
const subpaths = Object.entries(exports).filter(([, file]) => !file.endsWith(".d.ts"));

/** @throws what the compiler says, when it finds something */
async function compile(...args: readonly string[]): Promise<void> {
  const typescript = createRequire(import.meta.url).resolve("typescript/package.json");
  try {
    await run(process.execPath, [join(dirname(typescript), "bin/tsc"), ...args], { cwd: SDK });
  } catch (error) {
    throw new Error(String((error as { stdout?: string }).stdout), { cause: error });
  }
}

function identifiersIn(source: string): readonly string[] {
  const found: string[] = [];
  new Visitor({
    Identifier: ({ name }) => void found.push(name),
  }).visit(parseSync("test.ts", source).program);
  return found;
}

test("every export of every subpath is in a test of types", () => {
  const files = globSync("test/*.test-d.ts", { cwd: SDK });
  // The import of a name tests nothing.
  const sources = files.map((file) => withoutImports(readFileSync(join(SDK, file), "utf8")));
  const tested = new Set(sources.flatMap(identifiersIn));
  const untested = subpaths.flatMap(([subpath, file]) =>
    [...exportedSymbols(join(SDK, file)).keys()]
      .filter((name) => !tested.has(name))
      .map((name) => `${subpath}: ${name}`),
  );
  expect(untested).toEqual([]);
});

function withoutImports(source: string): string {
  const { program } = parseSync("test.ts", source);
  const end = program.body.findLast(({ type }) => type === "ImportDeclaration")?.end ?? 0;
  return source.slice(end);
}

test("no declared type is any", { timeout: COMPILES }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "golem-kit-declarations-"));
  try {
    const emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rootDir", SDK];
    await compile("-p", "test/consumer", ...emit, "--outDir", folder);
    const leaks: string[] = [];
    const files = globSync("src/**/*.d.ts", { cwd: folder });
    for (const file of files) {
      const source = readFileSync(join(folder, file), "utf8");
      const visitor = new Visitor({
        TSAnyKeyword: ({ start }) => void leaks.push(`${file}: ${source.slice(start - 40, start + 3)}`),
      });
      visitor.visit(parseSync(file, source).program);
    }
    expect(files.length).toBeGreaterThan(subpaths.length);
    expect(leaks).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test(
  "a consumer of every subpath compiles with TypeScript's strictest flags",
  { timeout: COMPILES },
  async () => {
    const consumer = readFileSync(join(SDK, "test/consumer/main.ts"), "utf8");
    const { module } = parseSync("main.ts", consumer);
    const imported = new Set(module.staticImports.map(({ moduleRequest }) => moduleRequest.value));
    expect(
      subpaths.map(([subpath]) => `@golem-kit/sdk${subpath.slice(1)}`).filter((each) => !imported.has(each)),
    ).toEqual([]);
    await compile("-p", "test/consumer");
  },
);
