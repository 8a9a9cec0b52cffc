import { globSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

import { root, runTool } from "../tool.ts";
import { type Example, examplesOf, freeNames, hasExample } from "./examples.ts";
import { type ExportedSymbol, exportedSymbols } from "./exported-symbols.ts";

/** What is wrong with a package's documentation, one line each. */
export type Problems = readonly string[];

/** A module that a package offers to others. */
interface EntryPoint {
  /** How it is imported. */
  readonly specifier: string;
  readonly file: string;
  readonly symbols: ReadonlyMap<string, ExportedSymbol>;
}

/**
 * Checks that every symbol that a package exports has TSDoc with an example, that every method of an exported class or
 * interface has TSDoc, and that all examples are typed right, under TypeScript's strictest settings. What an example
 * does not declare is imported from the package, or is in the package's `test/example-world.d.ts`.
 *
 * @param folder of the package
 */
export async function checkDocumentation(folder: string): Promise<Problems> {
  const entries = entryPoints(folder);
  const undocumented = entries.flatMap(({ symbols }) => [...symbols.values()].flatMap(gapsOf));
  return [...new Set(undocumented), ...(await misTyped(folder, entries))];
}

function entryPoints(folder: string): EntryPoint[] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string>>;
  };
  return Object.entries(manifest.exports)
    .filter(([, file]) => !file.endsWith(".d.ts"))
    .map(([subpath, file]) => ({
      specifier: `${manifest.name}${subpath.slice(1)}`,
      file: join(folder, file),
      symbols: exportedSymbols(join(folder, file)),
    }));
}

function gapsOf({ name, file, line, doc, methods }: ExportedSymbol): string[] {
  const at = (where: number): string => `${relative(root, file)}:${where}`;
  const gaps = methods
    .filter((method) => method.doc === undefined)
    .map((method) => `${at(method.line)}: ${method.name} has no TSDoc: say what it does`);
  if (doc === undefined)
    gaps.unshift(`${at(line)}: ${name} is exported without TSDoc: say what it is, with an @example`);
  else if (!hasExample(doc))
    gaps.unshift(`${at(line)}: ${name} has no @example: add one in a block of \`\`\`ts`);
  return gaps;
}

const OPTIONS = {
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  // An example need not use what it makes.
  noUnusedLocals: false,
  noUnusedParameters: false,
};

async function misTyped(folder: string, entries: readonly EntryPoint[]): Promise<string[]> {
  const examples = globSync("src/**/*.ts", { cwd: folder }).flatMap((file) => examplesOf(join(folder, file)));
  if (examples.length === 0) return [];
  const work = join(
    root,
    "node_modules/.cache/golem-kit/examples",
    entries[0]?.specifier.replaceAll(/\W+/g, "-") ?? "",
  );
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const headers = examples.map((example) => importsOf(example, entries));
  await Promise.all(
    examples.map(({ code }, at) => writeFile(join(work, `example-${at}.ts`), `${headers[at]}\n${code}`)),
  );
  const from = (path: string): string => relative(work, join(root, path));
  const project = {
    extends: from("tsconfig.base.json"),
    compilerOptions: {
      ...OPTIONS,
      lib: ["esnext", "webworker"],
      paths: Object.fromEntries(
        entries.map(({ specifier, file }) => [specifier, [`./${relative(work, file)}`]]),
      ),
    },
    include: [
      "*.ts",
      relative(work, join(folder, "types")),
      relative(work, join(folder, "test/example-world.d.ts")),
    ],
  };
  await writeFile(join(work, "tsconfig.json"), JSON.stringify(project));
  const { ok, output } = await runTool("tsc", ["-p", work, "--pretty", "false"]);
  return ok
    ? []
    : output
        .trimEnd()
        .split("\n")
        .map((line) => atSource(line, examples));
}

/** One line, so that errors are as many lines further down as the example begins. */
function importsOf(example: Example, entries: readonly EntryPoint[]): string {
  const own = entries.filter(({ symbols }) =>
    [...symbols.values()].some(({ file }) => isNear(file, example.file)),
  );
  const nearestFirst = [...own, ...entries];
  const imports = [...freeNames(example.code)].flatMap((name) => {
    const entry = nearestFirst.find(({ symbols }) => symbols.has(name));
    return entry === undefined
      ? []
      : [`import { ${isType(entry, name) ? "type " : ""}${name} } from "${entry.specifier}";`];
  });
  return [...imports, "export {};"].join(" ");
}

/** Whether something declared in one of the files is probably exported beside what is declared in the other. */
function isNear(file: string, other: string): boolean {
  return file === other || dirname(file) === other.replace(/\.ts$/, "") || dirname(file) === dirname(other);
}

function isType({ symbols }: EntryPoint, name: string): boolean {
  return symbols.get(name)?.isType === true;
}

/** Tells an error of the compiler at the line of the comment that it is about. */
function atSource(line: string, examples: readonly Example[]): string {
  const [, index, row, rest] = /example-(\d+)\.ts\((\d+),\d+\): (.*)$/.exec(line) ?? [];
  const example = examples[Number(index)];
  if (example === undefined) return line;
  return `${relative(root, example.file)}:${example.line + Number(row) - 2}: in an example: ${rest}`;
}
