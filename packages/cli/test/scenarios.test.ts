import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { applicationRoot } from "./golem-kit.ts";

const PAGE = "docs/scenarios.md";

/** A row of the page: where a behaviour is tried, and the title of the test. */
interface Row {
  readonly file: string;
  readonly title: string;
}

const rows = Array.from(
  readFileSync(join(applicationRoot, PAGE), "utf8").matchAll(/\| \[[^\]]*\]\(([^)]+)\) \| (.+) \|$/gm),
  ([, link = "", title = ""]): Row => ({ file: join(dirname(PAGE), link), title }),
);

/** Every title of a test in a file; what the tests of a table have in common. */
function titlesIn(file: string): ReadonlySet<string> {
  const text = readFileSync(join(applicationRoot, file), "utf8");
  return new Set(
    Array.from(
      text.matchAll(/^\s*(?:test\(|\](?: as const)?\)\()"((?:[^"\\]|\\.)*)"/gm),
      ([, title = ""]) => title,
    ),
  );
}

test.for(rows)("$file has the test that the page of scenarios names: $title", ({ file, title }) => {
  expect(titlesIn(file)).toContain(title);
});

test("each file of Golem's scenarios is on their page", () => {
  const files = globSync("packages/host/test/rest/families/*.test.ts", { cwd: applicationRoot });

  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !rows.some((row) => row.file === file))).toEqual([]);
});
