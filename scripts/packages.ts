/** `npm run packages [-- NAME]`: builds each of many packages of npm into a component, uses it there, and prints a table. */

import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { buildComponents, loadApplication } from "@golem-kit/build";
import { createHost, type Host } from "@golem-kit/host";
import { type PackageUse, packageUses } from "./packages/uses.ts";

const WIT = "package try:it;\n\ninterface api { run: func() -> string; }\n\nworld it { export api; }\n";

const MANIFEST = `templates:
  ts:
    sourceWit: wit
    generatedWit: wit-generated
    componentWasm: dist/{{ component_name | to_snake_case }}.wasm
components:
  try:it:
    template: ts
`;

interface Outcome {
  readonly id: string;
  /** Nothing if the component gave what Node gave. */
  readonly failure?: string;
  /** Of the program, in kilobytes. */
  readonly size?: number;
  readonly inWorker: boolean;
}

async function tryPackage(
  dir: string,
  host: Host,
  { package: id, imports, use }: PackageUse,
): Promise<Outcome> {
  const program = `${imports}\nexport const api = { run: async () => JSON.stringify(await (async () => { ${use} })()) };\n`;
  await writeFile(join(dir, "src/main.ts"), program);
  const oracle = join(dir, `${id.replaceAll(/\W/g, "-")}.mjs`);
  await writeFile(oracle, program);
  let inWorker = false;
  try {
    const { api } = (await import(pathToFileURL(oracle).href)) as { api: { run: () => Promise<string> } };
    const expected = await api.run();
    const build = async () => {
      const load = inWorker ? { "golem-kit": { load: "in-worker" } } : {};
      await writeFile(join(dir, "package.json"), JSON.stringify({ name: "it", ...load }));
      return buildComponents(await loadApplication(dir));
    };
    const [built] = await build().catch((error: unknown) => {
      if (!String(error).includes("in-worker")) throw error;
      inWorker = true;
      return build();
    });
    if (built === undefined) throw new Error("nothing was built");
    const wasm = await readFile(built.wasmPath);
    const { versionedComponentId } = await host.components.create(`try:${id.replaceAll(/\W/g, "-")}`, {
      wasm,
    });
    const worker = { componentId: versionedComponentId.componentId, workerName: "one" };
    const call = { function: "try:it-exports/api.{run}", params: { form: "values", values: [] } } as const;
    const answer = await host.workers.invokeAndAwait(worker, call);
    const got = answer.form === "values" ? String(answer.value) : "";
    const size = Math.round(built.size.program / 1_000);
    return got === expected
      ? { id, size, inWorker }
      : { id, size, inWorker, failure: `${got}, not ${expected}` };
  } catch (error) {
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { id, inWorker, failure: first.replaceAll(`${dir}/`, "").slice(0, 160) };
  }
}

const wanted = process.argv.slice(2);
const chosen = packageUses.filter(
  ({ package: id }) => wanted.length === 0 || wanted.some((name) => id.startsWith(name)),
);
const dir = await mkdtemp(join(tmpdir(), "golem-kit-packages-"));
await mkdir(join(dir, "src"), { recursive: true });
await mkdir(join(dir, "wit"), { recursive: true });
await writeFile(join(dir, "wit/it.wit"), WIT);
await writeFile(join(dir, "golem.yaml"), MANIFEST);
await cp(join(import.meta.dirname, "..", "tsconfig.base.json"), join(dir, "tsconfig.base.json"));
await writeFile(join(dir, "package.json"), JSON.stringify({ name: "it" }));
const install = [
  "install",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--legacy-peer-deps",
  ...chosen.map((each) => each.package),
];
await promisify(execFile)("npm", install, { cwd: dir });

await using host = await createHost({});
console.log("| package | program | outcome |\n| --- | --- | --- |");
for (const each of chosen) {
  const { id, size, inWorker, failure } = await tryPackage(dir, host, each);
  const outcome = failure ?? (inWorker ? "works, loaded in the worker" : "works");
  console.log(
    `| ${id.replace(/@([^@]+)$/, " $1")} | ${size === undefined ? "" : `${size} kB`} | ${outcome.replaceAll("|", "\\|")} |`,
  );
}
await rm(dir, { recursive: true, force: true });
