import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { floorTable } from "../architecture/floor-table.ts";
import { hostFloors, packages } from "../architecture/floors.ts";
import { root } from "../tool.ts";

const page = readFileSync(join(root, "docs/architecture.md"), "utf8");

/** The lines of the first table of a section of docs/architecture.md. */
function tableOf(section: string): string {
  const text = page.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? "";
  return /^\|.*\|(?:\n\|.*\|)*/m.exec(text)?.[0] ?? "";
}

// What differs is mended by copying what the failure expects.
test("docs/architecture.md has the packages as they are checked", () => {
  expect(tableOf("The packages")).toBe(floorTable("package", packages));
});

test("docs/architecture.md has the floors of the host as they are checked", () => {
  expect(tableOf("Floors")).toBe(floorTable("floor", hostFloors));
});

/** Rows of the walks: `| step | `file` `name` | what |`. */
const STEPS = Array.from(
  page.matchAll(/^\| [\w ]+ \| `([\w/-]+\.ts)` `([\w#]+)` \|/gm),
  ([, file = "", name = ""]) => ({
    file,
    name,
  }),
);

test("docs/architecture.md walks through a call, and through a replay", () => {
  expect(STEPS.length).toBeGreaterThan(15);
});

test.each(STEPS)("what the walk through a call says is there: $name in $file", ({ file, name }) => {
  expect(readFileSync(join(root, "packages/host/src", file), "utf8")).toContain(name);
});
