import { describe, expect, test } from "vitest";

import { type Floor, hostFloors, importable, packages } from "../architecture/floors.ts";
import { verdictOn } from "./made-up-repository.ts";

/** Every pair of floors of which the first does not know the second. */
function strangers(floors: readonly Floor[]): readonly (readonly [Floor, Floor])[] {
  return pairs(floors).filter(([from, to]) => !importable(floors, from).includes(to));
}

function pairs(floors: readonly Floor[]): readonly (readonly [Floor, Floor])[] {
  return floors.flatMap((from) => floors.filter((to) => to !== from).map((to) => [from, to] as const));
}

test("what imports nothing is as it should be", async () => {
  expect((await verdictOn({})).text).toBe("");
});

describe("of the host", () => {
  test("each floor imports those below it, and no other", async () => {
    const { refused } = await verdictOn(
      Object.fromEntries(
        pairs(hostFloors).map(([from, to]) => [
          `${from.folder}/imports-${to.name}.ts`,
          `import "../${to.name}/thing.ts";\n`,
        ]),
      ),
    );
    expect(refused).toEqual(
      strangers(hostFloors)
        .map(
          ([from, to]) => `host-${from.name}: ${from.folder}/imports-${to.name}.ts → ${to.folder}/thing.ts`,
        )
        .toSorted(),
    );
  });

  test.for(hostFloors)("the floor $name is told what it must never know", async ({ folder, never }) => {
    const { refused, text } = await verdictOn({
      [`${folder}/deep/in/it.ts`]: 'import "../../../index.ts";\n',
    });
    expect(refused).toHaveLength(1);
    expect(text).toContain(never);
  });

  test("the interfaces do not know the journal, though it is below them", async () => {
    const { refused } = await verdictOn({
      "packages/host/src/interfaces/golem/host.ts": 'import type {} from "../../journal/thing.ts";\n',
    });
    expect(refused).toEqual([
      "host-interfaces: packages/host/src/interfaces/golem/host.ts → packages/host/src/journal/thing.ts",
    ]);
  });

  test("index.ts stands above all floors", async () => {
    const lines = hostFloors.map(({ name }) => `export {} from "./${name}/thing.ts";\n`);
    expect((await verdictOn({ "packages/host/src/index.ts": lines.join("") })).text).toBe("");
  });

  test("nothing stands beside the floors", async () => {
    const { text } = await verdictOn({
      "packages/host/src/helpers.ts": "",
      "packages/host/src/util/a.ts": "",
    });
    expect(text).toContain("packages/host/src/helpers.ts is on no floor: move it to one, or describe it");
    expect(text).toContain("packages/host/src/util is on no floor: move it to one, or describe it");
  });

  test("a test imports from every floor", async () => {
    const { text } = await verdictOn({
      "packages/host/test/a.test.ts": 'import "../src/rest/thing.ts";\nimport "../src/ground/thing.ts";\n',
    });
    expect(text).toBe("");
  });
});

describe("of the packages", () => {
  test("each imports those below it, and no other", async () => {
    const { refused } = await verdictOn(
      Object.fromEntries(
        pairs(packages).map(([from, to]) => [
          `${from.folder}/src/${from.name === "host" ? "rest/" : ""}imports-${to.name}.ts`,
          `import "@golem-kit/${to.name}";\n`,
        ]),
      ),
    );
    expect(refused).toEqual(
      strangers(packages)
        .map(([from, to]) => {
          const folder = `${from.folder}/src/${from.name === "host" ? "rest/" : ""}`;
          return `package-${from.name}: ${folder}imports-${to.name}.ts → ${to.folder}/src/index.ts`;
        })
        .toSorted(),
    );
  });

  test.for<readonly [from: string, to: string, never: string]>([
    ["wit", "build", "It never knows what a worker or an application is."],
    ["sdk", "wit", "It never imports another package"],
    ["build", "host", "It never knows who runs what it builds."],
    ["host", "build", "It never knows how a component was made"],
    ["deployment", "cli", "It never knows who deploys"],
    ["testing", "cli", "It never knows the command line."],
    ["cli", "testing", "It never knows vitest"],
  ])("%s does not import %s", async ([from, to, never]) => {
    const path = `packages/${from}/src/${from === "host" ? "rest/" : ""}a.ts`;
    const { refused, text } = await verdictOn({ [path]: `export type { A } from "@golem-kit/${to}";\n` });
    expect(refused).toEqual([`package-${from}: ${path} → packages/${to}/src/index.ts`]);
    expect(text).toContain(never);
  });

  test("a package that is not described is refused", async () => {
    const { text } = await verdictOn({ "packages/extra/src/index.ts": "" });
    expect(text).toContain("packages/extra is on no floor: move it to one, or describe it in floors.ts.");
  });

  test("a test imports every package by its name", async () => {
    const lines = packages.map(({ name }) => `import "@golem-kit/${name}";\n`);
    expect((await verdictOn({ "packages/wit/test/a.test.ts": lines.join("") })).text).toBe("");
  });
});

test.for<readonly [rule: string, from: string, to: string, because: string]>([
  [
    "inside-of-another",
    "packages/cli/src/a.ts",
    "../../wit/src/index.ts",
    'A package or component is imported by its name, and offers what its "exports" list',
  ],
  [
    "inside-of-another",
    "packages/cli/test/a.test.ts",
    "../../host/src/rest/thing.ts",
    "Export what you need, or move it to where both see it.",
  ],
  [
    "inside-of-another",
    "components/cart/src/a.ts",
    "../../orders/src/index.ts",
    "A package or component is imported by its name",
  ],
  [
    "inside-for-a-script",
    "scripts/a.ts",
    "../packages/wit/src/index.ts",
    "Scripts import packages by their names.",
  ],
  [
    "components-are-examples",
    "packages/campaign/src/a.ts",
    "@shop/cart",
    "Components are what a user replaces by their own: nothing may need them.",
  ],
  [
    "inside-a-component",
    "components/cart/src/a.ts",
    "@golem-kit/testing",
    "runs in WebAssembly: of the packages it has the SDK only.",
  ],
  [
    "tests-are-for-tests",
    "packages/wit/src/a.ts",
    "../test/helper.ts",
    "What tests share is not part of what is tested: move it out of test/.",
  ],
  [
    "scripts-are-above",
    "packages/build/src/a.ts",
    "../../../scripts/tool.ts",
    "Scripts are tools for this repository: packages and components work without them.",
  ],
])("%s: %s does not import %s", async ([rule, from, to, because]) => {
  const { refused, text } = await verdictOn({
    [from]: `import "${to}";\n`,
    "packages/wit/test/helper.ts": "",
    "scripts/tool.ts": "",
  });
  expect(refused).toEqual([expect.stringMatching(new RegExp(`^${rule}: ${from} → `))]);
  expect(text).toContain(because);
});

test("what a package does not export cannot be had by its name either", async () => {
  const { refused, text } = await verdictOn({
    "packages/cli/src/a.ts": 'import "@golem-kit/host/src/rest/thing.ts";\n',
  });
  expect(refused).toEqual([expect.stringMatching(/^inside-by-name: packages\/cli\/src\/a\.ts → @golem-kit/)]);
  expect(text).toContain('A package offers what its "exports" list, and this is not among them.');
});

test("what tests, components and scripts may import is left alone", async () => {
  const { text } = await verdictOn({
    "packages/wit/test/helper.ts": "",
    "packages/cli/test/a.test.ts": 'import "../../wit/test/helper.ts";\nimport "../src/index.ts";\n',
    "components/cart/src/a.ts": 'import "@golem-kit/sdk";\nimport "@shop/orders";\n',
    "components/cart/test/a.test.ts": 'import "@golem-kit/testing";\nimport "../src/index.ts";\n',
    "packages/cli/bin/run-on-node.mjs": "",
    "scripts/launch.mjs": 'import "../packages/cli/bin/run-on-node.mjs";\n',
    "scripts/bench.ts": 'import "@golem-kit/host";\n',
  });
  expect(text).toBe("");
});

describe("a circle is refused", () => {
  const a = "packages/wit/src/a.ts";
  const b = "packages/wit/src/b.ts";

  test.for<readonly [how: string, text: string]>([
    ["of values", 'import { b } from "./b.ts";\nexport const a = b;\n'],
    ["of types", 'import type { B } from "./b.ts";\nexport type A = B;\n'],
    ["through an export", 'export { b } from "./b.ts";\n'],
    ["through import()", 'export const a = async () => import("./b.ts");\n'],
    ["through the type of an import", 'export type A = import("./b.ts").B;\n'],
  ])("%s", async ([, text]) => {
    const verdict = await verdictOn({
      [a]: text,
      [b]: 'import type { A } from "./a.ts";\nexport type B = A;\n',
    });
    expect(verdict.refused).toEqual([`circle: ${a} → ${b} → ${a}`]);
    expect(verdict.text).toContain("move what they share to a file below them");
  });

  test("through other packages", async () => {
    const { refused } = await verdictOn({
      "packages/wit/src/index.ts": 'import type {} from "@golem-kit/build";\n',
      "packages/build/src/index.ts": 'import type {} from "@golem-kit/wit";\n',
    });
    expect(refused).toContainEqual(expect.stringMatching(/^circle: /));
  });

  test("between tests", async () => {
    const { refused } = await verdictOn({
      "packages/wit/test/a.ts": 'import "./b.ts";\n',
      "packages/wit/test/b.ts": 'import "./a.ts";\n',
    });
    expect(refused).toEqual([expect.stringMatching(/^circle: /)]);
  });
});
