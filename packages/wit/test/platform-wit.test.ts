import { expect, test } from "vitest";
import {
  parseWit,
  printWit,
  resolveWit,
  type WitFile,
  type WitPackageItem,
  worldOfComponent,
} from "../src/index.ts";
import { comparable, withoutUnused } from "./comparable-world.ts";
import { dummyPlatformComponent } from "./dummy-component.ts";
import facts from "./fixtures/golem-1.2-interfaces.json" with { type: "json" };
import { platformWitPaths, readPlatformText, readPlatformWit } from "./platform-wit.ts";

/** `interface host` → its declarations, for each package. */
type Packages = Record<string, Record<string, readonly string[]>>;

/** A declaration without spaces, comments and the separators that may be left out. */
function bare(declaration: string): string {
  return declaration
    .replaceAll(/\/\/.*/g, "")
    .replaceAll(/[\s;]/g, "")
    .replaceAll(",}", "}");
}

/** Each declaration of an interface or world as bare text. */
function declarations(item: WitPackageItem): string[] {
  if (item.kind === "file-use") throw new Error("the platform's files contain interfaces and worlds only");
  const parts: WitPackageItem[] =
    item.kind === "world"
      ? item.items.map((each) => ({ kind: "world", name: "x", items: [each] }))
      : item.items.map((each) => ({ kind: "interface", name: "x", items: [each] }));
  return parts.map((part) => bare(printWit({ items: [part] })).replace(/^\w+?x\{(.*)\}$/, "$1"));
}

function declaredBy(files: readonly WitFile[]): Packages {
  const packages: Packages = {};
  for (const file of files) {
    const id = printWit({ ...file, items: [] }).replace(/^package (.*);\n$/, "$1");
    const own = (packages[id] ??= {});
    for (const item of file.items) {
      if (item.kind !== "interface" && item.kind !== "world") throw new Error(`${id}: ${item.kind}`);
      own[`${item.kind} ${item.name}`] = declarations(item);
    }
  }
  return packages;
}

test("the platform's WIT declares exactly what Golem 1.2 does", () => {
  const expected: Packages = {};
  for (const [id, items] of Object.entries<Record<string, readonly string[]>>(facts)) {
    expected[id] = Object.fromEntries(Object.entries(items).map(([name, lines]) => [name, lines.map(bare)]));
  }
  expect(declaredBy(platformWitPaths.map(readPlatformWit))).toEqual(expected);
});

test.each(platformWitPaths)("%s declares and explains one interface or world, in canonical form", (path) => {
  const file = readPlatformWit(path);
  expect(file.items).toHaveLength(1);
  expect(file.items[0]?.docs).toMatch(/\.$/);
  expect(printWit(file)).toBe(readPlatformText(path));
});

test("the platform resolves as a whole, and every interface with it", () => {
  const model = resolveWit(platformWitPaths.map(readPlatformWit));
  expect(model.packages.toSorted()).toEqual(Object.keys(facts).toSorted());
  expect(model.interfaces).toHaveLength(
    Object.values<object>(facts)
      .flatMap(Object.keys)
      .filter((name) => name.startsWith("interface ")).length,
  );
});

test("wasm-tools reads the platform's WIT as we do", async () => {
  const files = platformWitPaths.map(readPlatformWit);
  const imports = resolveWit(files).interfaces.map((id) => `import ${id};`);
  const text = `package test:platform; world everything { ${imports.join(" ")} }`;
  const world = worldOfComponent(await dummyPlatformComponent(text, "everything"));
  expect(world.imports.size).toBe(imports.length);
  const ours = withoutUnused(resolveWit([parseWit(text), ...files]).world(), world);
  expect(comparable(ours)).toEqual(comparable(world));
});
