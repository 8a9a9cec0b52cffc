import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applicationRoot } from "./golem-kit.ts";

const page = readFileSync(join(applicationRoot, "docs/platform.md"), "utf8");
const wit = readFileSync(join(applicationRoot, "components/tour/wit/tour.wit"), "utf8");
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
  .filter((line) => line.startsWith("| `"))
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

/** The functions of an interface in the tour's WIT. */
function functionsOf(half: string): readonly string[] {
  const [, body = ""] = new RegExp(`^interface ${half} \\{\\n(.*?)^\\}`, "ms").exec(wit) ?? [];
  return Array.from(body.matchAll(/^ {2}([\w-]+): func\(/gm), ([, name = ""]) => name);
}

test("the table has every package of Golem's documentation", () => {
  const packages =
    "golem:api golem:rpc wasi:blobstore wasi:cli wasi:clocks wasi:filesystem wasi:http wasi:io";
  const more = "wasi:keyvalue wasi:logging wasi:random wasi:sockets golem:durability";

  for (const name of `${packages} ${more}`.split(" ")) {
    expect(rows.some(({ title }) => title.startsWith(`\`${name}`))).toBe(true);
  }
});

test("the table has every function of the tour, once", () => {
  expect(rows.flatMap(({ functions }) => functions).toSorted()).toEqual(functionsOf("raw").toSorted());
});

describe.for(rows)("$title", ({ subpaths: named, functions, files, test: testFile }) => {
  test("names what there is", () => {
    expect(named.filter((name) => !(`./${name}` in subpaths))).toEqual([]);
    expect([...files, testFile].filter((path) => !existsSync(path))).toEqual([]);
    const tested = readFileSync(testFile, "utf8");
    expect(
      functions.filter((name) => !tested.includes(`"${name}"`) && !tested.includes(`{${name}}`)),
    ).toEqual([]);
  });

  test("has the SDK's half where the tour has it", () => {
    const inSdk = functionsOf("sdk").some((name) => functions.includes(name));

    expect(files.some((path) => path.endsWith("sdk.ts"))).toBe(inSdk);
  });
});
