import { readFileSync } from "node:fs";
import { componentEmbed, componentNew, metadataAdd } from "@bytecodealliance/jco-transpile/wasm-tools";
import { describe, expect, test } from "vitest";
import { describeComponent } from "../../src/component/describe-component.ts";
import { GolemError } from "../../src/ground/golem-error.ts";
import { goldenText } from "./golden-world.ts";

const GOLDEN = new URL("../fixtures/golden/component-orders.json", import.meta.url);
const golden: { metadata: { exports: unknown } } = JSON.parse(readFileSync(GOLDEN, "utf8"));

async function coreModule(witSource: string): Promise<Uint8Array> {
  return componentEmbed({ dummy: true, witSource });
}

async function component(witSource: string): Promise<Uint8Array> {
  return componentNew(await coreModule(witSource));
}

/** The custom section `name`, which may be appended to any component. */
function customSection(name: string, content: readonly number[]): Uint8Array {
  const body = [name.length, ...Buffer.from(name), ...content];
  return Uint8Array.from([0, body.length, ...body]);
}

function reasonOf(wasm: Uint8Array): string {
  try {
    describeComponent(wasm, "the-id");
  } catch (error) {
    if (error instanceof GolemError && error.detail.type === "ComponentParseFailed") {
      return `${error.detail.componentId}: ${error.detail.reason}`;
    }
    throw error;
  }
  throw new Error("it was accepted");
}

describe("describeComponent", () => {
  test("reports the exports as a Golem server reported them for the same WIT", async () => {
    const { metadata } = describeComponent(await component(goldenText()), "");
    expect(metadata.exports).toEqual(golden.metadata.exports);
  });

  test("numbers resources, and reports functions of the world itself", async () => {
    const wit = `package a:b;
      interface things { resource one; resource two { use-one: func(it: borrow<one>) -> two; } }
      world w { export things; export run: func() -> u8; }`;
    const { metadata } = describeComponent(await component(wit), "");
    const handle = (mode: string, id: number): object => ({ type: "Handle", mode, resource_id: id });
    expect(metadata.exports).toContainEqual({
      type: "Function",
      name: "run",
      parameters: [],
      results: [{ name: null, typ: { type: "U8" } }],
    });
    expect(metadata.exports).toContainEqual({
      type: "Instance",
      name: "a:b/things",
      functions: [
        {
          name: "[method]two.use-one",
          parameters: [
            { name: "self", typ: handle("Borrowed", 0) },
            { name: "it", typ: handle("Borrowed", 1) },
          ],
          results: [{ name: null, typ: handle("Owned", 0) }],
        },
        { name: "[drop]one", parameters: [{ name: "self", typ: handle("Owned", 1) }], results: [] },
        { name: "[drop]two", parameters: [{ name: "self", typ: handle("Owned", 0) }], results: [] },
      ],
    });
  });

  test("reports memories in bytes, and who made the component before who made its parts", async () => {
    const made = await metadataAdd(await component(goldenText()), [["language", [["JavaScript", "26"]]]]);
    const { metadata } = describeComponent(made, "");
    expect(metadata.memories).toEqual([{ initial: 0, maximum: null }]);
    expect(metadata.producers[0]).toMatchObject({
      fields: expect.arrayContaining([{ name: "language", values: [{ name: "JavaScript", version: "26" }] }]),
    });
  });

  test("reports the package name and version that golem app build writes", async () => {
    const name = customSection("component-name", [0, 12, 11, ...Buffer.from("shop:orders")]);
    const version = customSection("version", [...Buffer.from("1.2.3")]);
    const named = Buffer.concat([await component(goldenText()), name, version]);
    expect(describeComponent(named, "").metadata).toMatchObject({
      rootPackageName: "shop:orders",
      rootPackageVersion: "1.2.3",
    });
    expect(describeComponent(await component(goldenText()), "").metadata).toMatchObject({
      rootPackageName: null,
      rootPackageVersion: null,
    });
  });

  test("refuses a core module", async () => {
    expect(reasonOf(await coreModule(goldenText()))).toMatch(/^the-id: not a component/);
  });

  test("refuses what is not WebAssembly", () => {
    expect(reasonOf(Buffer.from("hello"))).toMatch(/^the-id: not a component/);
    expect(reasonOf(new Uint8Array())).toMatch(/component/);
  });

  test("refuses a component that is cut short", async () => {
    const whole = await component(goldenText());
    expect(reasonOf(whole.subarray(0, whole.length - 10))).toMatch(/component|short/);
  });
});
