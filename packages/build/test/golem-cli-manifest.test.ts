import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { loadApplication } from "../src/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const app = await loadApplication(root);
const schemaFile = new URL("fixtures/schema/golem-app-manifest-1.2.5.schema.json", import.meta.url);
const { $schema: _, ...schema } = JSON.parse(await readFile(schemaFile, "utf8"));
const validate = new Ajv({ strict: false }).compile(schema);

async function manifest(path: string): Promise<Record<string, Record<string, unknown>>> {
  return parse(await readFile(path, "utf8"));
}

test("the manifests of this repository are those of a root and its components", () => {
  expect(app.manifests.length).toBe(app.components.size + 1);
  expect(app.components.size).toBeGreaterThan(0);
});

test.each(app.manifests)("%s is valid for Golem's command line 1.2.5", async (path) => {
  validate(await manifest(path));
  expect(validate.errors ?? []).toEqual([]);
});

test.each(app.manifests)("%s is valid for Golem's command line 1.2.0", async (path) => {
  const { components = {}, templates = {}, dependencies = {} } = await manifest(path);
  for (const properties of [...Object.values(components), ...Object.values(templates)]) {
    // 1.2.0 knows no environment of a component.
    expect(properties).not.toHaveProperty("env");
  }
  for (const dependency of Object.values(dependencies).flat()) {
    // 1.2.0 knows nothing else of a dependency.
    expect(Object.keys(Object(dependency)).toSorted()).toEqual(["target", "type"]);
    expect(dependency).toMatchObject({ type: "wasm-rpc" });
  }
});

test("Golem's command line builds a component by its name, and finds what that makes", async () => {
  const { templates } = await manifest(`${root}/golem.yaml`);
  const wasm = "dist/{{ component_name | to_snake_case }}.wasm";
  expect(templates).toMatchObject({
    ts: {
      componentWasm: wasm,
      build: [{ command: "npx golem-kit build {{ component_name }}", targets: [wasm] }],
    },
  });
});

// Golem's command line writes files of its own over a copy of these packages: under other names things would stand twice.
test.each([
  ["io", ["error.wit", "poll.wit", "streams.wit", "world.wit"]],
  ["clocks", ["monotonic-clock.wit", "wall-clock.wit", "world.wit"]],
])("the files of wit/deps/%s are named as Golem's command line names them", async (folder, names) => {
  expect((await readdir(new URL(`../../../wit/deps/${folder}`, import.meta.url))).toSorted()).toEqual(names);
});
