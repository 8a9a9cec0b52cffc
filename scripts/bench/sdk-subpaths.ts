import { globSync, readFileSync } from "node:fs";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { type BuiltComponent, buildComponents, loadApplication } from "@golem-kit/build";

import { interleave } from "./interleave.ts";
import { rawComponent } from "./raw-component.ts";

const root = join(import.meta.dirname, "../..");
const sdk = join(root, "packages/sdk");
const application = join(root, "node_modules/.cache/golem-kit/bench");

/** Imports bindings only; the others have the same world and import a subpath besides. */
const BARE = "raw-bindings";

/**
 * What each subpath of the SDK adds to a component that imports all of it, beside one of the same world that uses the raw
 * bindings only: bytes of its program, and time to instantiate it and call it once.
 *
 * @returns lines of a table
 */
export async function sdkSubpaths(onRound: (round: number, of: number) => void): Promise<string[]> {
  const built = await buildAll();
  await using resources = new AsyncDisposableStack();
  const subjects = [];
  for (const { name, wasmPath } of built) {
    const api = `${name}-exports/api`;
    const raw = resources.use(await rawComponent(wasmPath, [`${api}#ping`]));
    const run = async (): Promise<unknown> => (await raw.instantiate())[api]?.["ping"]?.();
    if (Number(await run()) === 0) throw new Error(`${name} has lost what it imports`);
    subjects.push({ name, run, runs: 3 });
  }
  const times = await interleave(subjects, onRound);
  const sizes = new Map(
    await Promise.all(built.map(async ({ name, wasmPath }) => [name, (await stat(wasmPath)).size] as const)),
  );
  const bare = componentName(BARE);
  return built.map(({ name, size }) => {
    const [micros, whole] = [times.get(name) ?? Number.NaN, sizes.get(name) ?? Number.NaN];
    const added = size.program - (built[0]?.size.program ?? 0);
    return [
      name.replace("bench:", "").padEnd(16),
      `program ${`${name === bare ? size.program : `+${added}`}`.padStart(7)} B`,
      `component ${(whole / (sizes.get(bare) ?? Number.NaN)).toFixed(4)} ×`,
      `instantiated and called ${(micros / 1_000).toFixed(2).padStart(6)} ms, ${(micros / (times.get(bare) ?? Number.NaN)).toFixed(2)} × raw bindings`,
    ].join("   ");
  });
}

async function buildAll(): Promise<readonly BuiltComponent[]> {
  const { exports } = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, string>>;
  };
  const subpaths = Object.keys(exports).filter((subpath) => subpath !== "./types/platform");
  const names = new Set(subpaths.map(folderName));
  // What is current need not be built again.
  for (const folder of globSync("*/", { cwd: application })) {
    if (folder !== BARE && !names.has(folder)) await rm(join(application, folder), { recursive: true });
  }
  const manifest = `witDeps:\n  - ${relative(application, join(root, "wit/deps"))}\nincludes:\n  - "*/golem.yaml"\n`;
  await write(join(application, "golem.yaml"), manifest);
  await writeComponent(BARE, "golem:api/host@1.1.6");
  for (const subpath of subpaths) {
    await writeComponent(folderName(subpath), `@golem-kit/sdk${subpath.slice(1)}`);
  }
  const built = await buildComponents(await loadApplication(application));
  return built.toSorted(
    (a, b) => Number(b.name === componentName(BARE)) - Number(a.name === componentName(BARE)),
  );
}

async function writeComponent(name: string, imported: string): Promise<void> {
  const folder = join(application, name);
  const wasm = `dist/${name}.wasm`;
  await write(
    join(folder, "golem.yaml"),
    `components:\n  ${componentName(name)}:\n    sourceWit: wit\n    generatedWit: wit-generated\n    componentWasm: ${wasm}\n    linkedWasm: ${wasm}\n`,
  );
  const imports = platformImports().map((id) => `  import ${id};\n`);
  await write(
    join(folder, "wit/main.wit"),
    `package ${componentName(name)};\ninterface api { ping: func() -> u32; }\nworld ${name} {\n${imports.join("")}  export api;\n}\n`,
  );
  // All of the namespace is used, so that nothing of it is left out.
  await write(
    join(folder, "src/main.ts"),
    `import * as imported from "${imported}";\nexport const api = { ping: () => Object.keys(imported).length };\n`,
  );
}

function folderName(subpath: string): string {
  return subpath === "." ? "index" : subpath.slice(2);
}

function componentName(name: string): string {
  return `bench:${name}`;
}

/** Every interface that the SDK imports something from. */
function platformImports(): readonly string[] {
  const sources = globSync("src/**/*.ts", { cwd: sdk }).map((file) => readFileSync(join(sdk, file), "utf8"));
  const ids = sources.flatMap((text) =>
    Array.from(text.matchAll(/^(?:import|\}) .*from "((?:wasi|golem):[^"]+)";$/gm), ([, id = ""]) => id),
  );
  return [...new Set(ids)].toSorted();
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
}
