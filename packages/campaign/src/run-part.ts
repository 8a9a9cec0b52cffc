import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Length } from "./length.ts";
import type { Measurement } from "./measurement.ts";
import type { Part } from "./part.ts";

/** What became of a part. */
export interface PartResult {
  readonly part: Part;
  readonly passed: number;
  readonly failed: number;
  /** Names of the tests that failed. */
  readonly failures: readonly string[];
  /** What its tests say of how much they tried, summed up. */
  readonly figures: ReadonlyMap<string, number>;
  /** What they have measured, by name. */
  readonly measurements: readonly Measurement[];
  readonly seconds: number;
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly meta?: {
        readonly figures?: Readonly<Record<string, number>>;
        readonly measurements?: readonly Measurement[];
      };
    }[];
  }[];
}

const ROOT = join(import.meta.dirname, "..", "..", "..");

/** Runs the tests of a part, at full length or as `npm test` does. What they print, a dot for each, goes to the standard error. */
export async function runPart(part: Part, length: Length): Promise<PartResult> {
  const folder = await mkdtemp(join(tmpdir(), "golem-kit-campaign-"));
  const file = join(folder, "report.json");
  const started = performance.now();
  try {
    const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
    const args = [
      vitest,
      "run",
      "--project",
      "tests",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ];
    const child = spawn(process.execPath, [...args, ...part.files], {
      cwd: ROOT,
      env: { ...process.env, GOLEM_KIT_CAMPAIGN: length },
      stdio: ["ignore", process.stderr, "inherit"],
    });
    await once(child, "exit");
    return resultOf(part, JSON.parse(await readFile(file, "utf8")) as Report, performance.now() - started);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function resultOf(part: Part, report: Report, milliseconds: number): PartResult {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const figures = new Map<string, number>();
  for (const { meta } of tests)
    for (const [name, count] of Object.entries(meta?.figures ?? {}))
      figures.set(name, (figures.get(name) ?? 0) + count);
  const failures = tests.filter(({ status }) => status === "failed").map(({ fullName }) => fullName);
  return {
    part,
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: failures.length,
    failures,
    figures,
    measurements: tests
      .flatMap(({ meta }) => meta?.measurements ?? [])
      .toSorted((a, b) => a.of.localeCompare(b.of, "en", { numeric: true })),
    seconds: milliseconds / 1_000,
  };
}
