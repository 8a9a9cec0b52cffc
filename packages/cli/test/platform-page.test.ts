import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { worldOfComponent } from "@golem-kit/wit";
import { describe, expect, test } from "vitest";
import { applicationRoot } from "./golem-kit.ts";

const page = readFileSync(join(applicationRoot, "docs/platform.md"), "utf8");
const world = worldOfComponent(readFileSync(join(applicationRoot, "components/tour/dist/kit_tour.wasm")));
const { exports: subpaths } = JSON.parse(
  readFileSync(join(applicationRoot, "packages/sdk/package.json"), "utf8"),
) as { readonly exports: Readonly<Record<string, string>> };

interface Row {
  readonly title: string;
  readonly subpaths: readonly string[];
  readonly functions: readonly string[];
  readonly test: string;
  readonly files: readonly string[];
}

const rows = page
  .split("\n")
  .filter((line) => /^\| [`—]/.test(line))
  .map((line): Row => {
    const [title = "", sdk = "", functions = "", code = "", tests = ""] = line.split("|").slice(1);
    return {
      title: title.trim(),
      subpaths: names(sdk),
      functions: names(functions),
      files: links(code),
      test: links(tests)[0] ?? "",
    };
  });

function names(cell: string): readonly string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = ""]) => name);
}

function links(cell: string): readonly string[] {
  return Array.from(cell.matchAll(/\]\(([^)]+)\)/g), ([, path = ""]) => join(applicationRoot, "docs", path));
}

/** The functions of an interface that the tour exports. */
function functionsOf(half: string): readonly string[] {
  const item = world.exports.get(`kit:tour-exports/${half}`);
  if (item?.kind !== "interface") throw new Error(`The tour does not export ${half}`);
  return [...item.interface.functions.keys()];
}

/** What the platform calls: `wasi:http/incoming-handler@0.2.0`. */
const handlers = [...world.exports.keys()].filter((name) => !name.startsWith("kit:tour-"));

/** `wasi:http` of `wasi:http/types@0.2.0`. */
const imported = new Set(Array.from(world.imports.keys(), (name) => name.split("/")[0] ?? name));

test("the table has every package of Golem's documentation", () => {
  const packages =
    "golem:api golem:rpc wasi:blobstore wasi:cli wasi:clocks wasi:filesystem wasi:http wasi:io";
  const more = "wasi:keyvalue wasi:logging wasi:random wasi:sockets golem:durability";

  for (const name of `${packages} ${more}`.split(" ")) {
    expect(rows.some(({ title }) => title.startsWith(`\`${name}`))).toBe(true);
  }
});

test("the table has every package that the tour imports", () => {
  const platform = [...imported].filter((name) => /^(golem|wasi):/.test(name));

  expect(platform.length).toBeGreaterThan(12);
  expect(platform.filter((name) => !rows.some(({ title }) => title.startsWith(`\`${name}`)))).toEqual([]);
});

test("the table has every part of the SDK", () => {
  const parts = Object.keys(subpaths).flatMap((path) => /^\.\/(\w+)$/.exec(path)?.[1] ?? []);

  expect(parts.filter((part) => !rows.some((row) => row.subpaths.includes(part)))).toEqual([]);
});

test("the table has every function of the tour, once", () => {
  const exported = [...functionsOf("raw"), ...handlers];

  expect(rows.flatMap(({ functions }) => functions).toSorted()).toEqual(exported.toSorted());
});

test("both halves of the tour have the same functions", () => {
  expect(functionsOf("sdk").toSorted()).toEqual(functionsOf("raw").toSorted());
});

describe.for(rows)("$title", ({ subpaths: named, functions, files, test: testFile }) => {
  test("names what there is", () => {
    expect(named.filter((name) => !(`./${name}` in subpaths))).toEqual([]);
    expect([...files, testFile].filter((path) => !existsSync(path))).toEqual([]);
  });

  test("names the test that calls its functions", () => {
    const tested = readFileSync(testFile, "utf8");
    const isCalled = (name: string): boolean =>
      tested.includes(`"${name}"`) || tested.includes(`{${name}}`) || handlers.includes(name);

    expect(functions.filter((name) => !isCalled(name))).toEqual([]);
  });

  test("shows a part of the SDK that it names", () => {
    const half = files.find((path) => path.endsWith("sdk.ts"));
    const imports = half === undefined ? "" : readFileSync(half, "utf8");

    expect(half === undefined).toBe(named.length === 0);
    expect(named.some((name) => imports.includes(`"@golem-kit/sdk/${name}"`))).toBe(half !== undefined);
  });
});
