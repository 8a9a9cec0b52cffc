import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";

import { type BuildEvent, Builder, loadApplication } from "@golem-kit/build";
import { median } from "./median.ts";

const root = join(import.meta.dirname, "../..");
/** Below the packages that components import. */
const copy = join(root, "node_modules/.cache/golem-kit/bench-builds");
const cache = join(copy, "cache");
const EDITED = "shop:catalog";
const program = join(copy, "components/catalog/src/main.ts");
const wit = join(copy, "components/catalog/wit/catalog.wit");

/** What a person waits for, and how long at most, in milliseconds. */
const AIMS = {
  "first build of all components": 20_000,
  "nothing changed, a new process": 400,
  "TypeScript changed, a new process": 1_000,
  "TypeScript changed, a process that stays": 400,
  "WIT changed, a new process": 3_000,
  "npm start in a fresh clone": 45_000,
} as const;

type What = keyof typeof AIMS;

interface Run {
  readonly ms: number;
  readonly steps: readonly BuildEvent[];
}

/**
 * How long builds take, from the change to the component on the disk: medians, and what their steps took. Steps overlap.
 *
 * @returns lines of a table
 */
export async function builds(onRun: (what: string) => void): Promise<readonly string[]> {
  await rm(copy, { recursive: true, force: true });
  await copyApplication(copy);
  const lines: string[] = [];
  const measure = async (what: What, times: number, run: (time: number) => Promise<Run>): Promise<void> => {
    const runs: Run[] = [];
    for (let time = 0; time < times; time += 1) {
      onRun(`${what}, ${time + 1} of ${times}`);
      runs.push(await run(time));
    }
    lines.push(...report(what, runs));
  };
  await measure("first build of all components", 3, async () => {
    await rm(cache, { recursive: true, force: true });
    await forgetBuilds();
    return buildOnce();
  });
  await measure("nothing changed, a new process", 9, () => commandLine());
  await measure("TypeScript changed, a new process", 9, async (time) => {
    await editProgram(time);
    return buildOnce(EDITED);
  });
  await measure("WIT changed, a new process", 5, async (time) => {
    await editWit(time);
    return buildOnce(EDITED);
  });
  await using builder = new Builder({ cacheDir: cache });
  await stay(builder);
  await measure("TypeScript changed, a process that stays", 15, async (time) => {
    await editProgram(time + 100);
    return stay(builder);
  });
  await measure("npm start in a fresh clone", 1, freshClone);
  return lines;
}

async function buildOnce(...components: readonly string[]): Promise<Run> {
  const script = join(import.meta.dirname, "build-once.ts");
  const { ms, stdout } = await timed(process.execPath, [script, copy, cache, ...components]);
  return { ms, steps: JSON.parse(stdout) as BuildEvent[] };
}

/** As a person calls it; with the cache of the clone. */
async function commandLine(): Promise<Run> {
  const { ms } = await timed(process.execPath, [join(root, "packages/cli/bin/golem-kit.mjs"), "build"], copy);
  return { ms, steps: [] };
}

async function stay(builder: Builder): Promise<Run> {
  const steps: BuildEvent[] = [];
  const start = performance.now();
  await builder.build(await loadApplication(copy), {
    only: [EDITED],
    onProgress: (event) => steps.push(event),
  });
  return { ms: performance.now() - start, steps: steps.filter(({ type }) => type === "end") };
}

/** The packages are there, as links to the same files; nothing of an earlier build is. */
async function freshClone(): Promise<Run> {
  const clone = await mkdtemp(join(tmpdir(), "golem-kit-clone-"));
  try {
    const run = promisify(execFile);
    await run("git", ["clone", "--quiet", "--local", root, clone]);
    await cp(join(root, "node_modules"), join(clone, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.startsWith(join(root, "node_modules", ".cache")),
    });
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const { ms } = await timed(npm, ["start", "--silent"], clone);
    return { ms, steps: [] };
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}

async function timed(
  command: string,
  args: readonly string[],
  cwd = root,
): Promise<{ readonly ms: number; readonly stdout: string }> {
  const start = performance.now();
  const { stdout } = await promisify(execFile)(command, args, {
    cwd,
    timeout: 600_000,
    shell: command.endsWith(".cmd"),
  });
  return { ms: performance.now() - start, stdout };
}

async function editProgram(time: number): Promise<void> {
  const text = (await readFile(program, "utf8")).replace(/\nexport const edit = .*\n$/, "");
  await writeFile(program, `${text}\nexport const edit = ${time};\n`);
}

async function editWit(time: number): Promise<void> {
  const text = (await readFile(wit, "utf8")).replace(/\n\s*record edit-\d+ .*/, "");
  await writeFile(
    wit,
    text.replace(/interface \S+ \{/, (begin) => `${begin}\n  record edit-${time} { a: u8 }`),
  );
}

async function forgetBuilds(): Promise<void> {
  const app = await loadApplication(copy);
  for (const { dir } of app.components.values()) {
    for (const made of ["dist", "generated", "wit-generated"]) {
      await rm(join(dir, made), { recursive: true, force: true });
    }
  }
}

async function copyApplication(target: string): Promise<void> {
  const made = new Set(["dist", "generated", "wit-generated", "node_modules", "test"]);
  for (const part of ["golem.yaml", "wit", "components"]) {
    await cp(join(root, part), join(target, part), {
      recursive: true,
      filter: (path) =>
        !relative(root, path)
          .split(sep)
          .some((name) => made.has(name)),
    });
  }
}

function report(what: What, runs: readonly Run[]): string[] {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const all = runs.map(({ ms }) => ms);
  const spread = `${seconds(Math.min(...all))} to ${seconds(Math.max(...all))}`;
  const steps = new Map<string, number[]>();
  for (const { steps: taken } of runs) {
    for (const event of taken) {
      if (event.type === "end") steps.set(event.step, [...(steps.get(event.step) ?? []), event.ms]);
    }
  }
  const parts = Array.from(steps, ([step, taken]) => `${step} ${seconds(median(taken))}`);
  return [
    `${what.padEnd(44)}${seconds(median(all)).padStart(9)}   aim: ≤ ${seconds(AIMS[what])}   ${runs.length} times, ${spread}`,
    ...(parts.length === 0 ? [] : [`  ${parts.join(", ")}`]),
  ];
}
