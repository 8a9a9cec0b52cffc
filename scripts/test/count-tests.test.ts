import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../tool.ts";

function count(report: object): { readonly line: string; readonly status: number | null } {
  const directory = mkdtempSync(join(tmpdir(), "golem-kit-count-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, "vitest.json");
  writeFileSync(path, JSON.stringify(report));
  const script = join(root, "scripts", "count-tests.mjs");
  const { stdout, status } = spawnSync(process.execPath, [script, path], { encoding: "utf8" });
  return { line: stdout.trimEnd(), status };
}

test("passed and failed tests are counted", () => {
  const testResults = [{ status: "failed", assertionResults: [{}, {}, {}] }];

  expect(count({ numPassedTests: 2, numFailedTests: 1, testResults })).toEqual({
    line: "2 passed, 1 failed",
    status: 1,
  });
});

test("a file that could not be loaded counts as a failure", () => {
  const testResults = [
    { status: "passed", assertionResults: [{}] },
    { status: "failed", assertionResults: [] },
  ];

  expect(count({ numPassedTests: 1, numFailedTests: 0, testResults })).toEqual({
    line: "1 passed, 1 failed",
    status: 1,
  });
});

test("no tests at all are no success", () => {
  expect(count({ numPassedTests: 0, numFailedTests: 0, testResults: [] }).status).toBe(1);
});
