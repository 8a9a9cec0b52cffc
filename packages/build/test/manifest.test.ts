import { expect, test } from "vitest";
import { loadApplication, ManifestError } from "../src/index.ts";
import { platformWit, rootManifest, TestApplication } from "./application.ts";

async function load(files: Record<string, string>) {
  await using app = await TestApplication.create(files);
  const loaded = await loadApplication(app.dir);
  return { loaded, path: app.path.bind(app) };
}

/** The error's message, without the path of the temporary folder. */
async function failureOf(files: Record<string, string>): Promise<string> {
  await using app = await TestApplication.create(files);
  const error: unknown = await loadApplication(app.dir).catch((reason: unknown) => reason);
  if (!(error instanceof ManifestError)) throw new Error("no manifest error", { cause: error });
  return error.message.replaceAll(`${app.dir}/`, "");
}

const orders = "components:\n  shop:orders:\n    template: ts\n";

test("a template's strings are rendered with the component's name, its paths relative to the component", async () => {
  const { loaded, path } = await load({
    "golem.yaml": `${rootManifest}    linkedWasm: ../../golem-temp/components/{{ componentName | to_kebab_case }}.wasm\n`,
    "components/orders/golem.yaml": orders,
  });
  expect(loaded.components.get("shop:orders")).toEqual({
    name: "shop:orders",
    load: "in-build",
    dir: path("components/orders"),
    manifest: path("components/orders/golem.yaml"),
    sourceWit: path("components/orders/wit"),
    generatedWit: path("components/orders/wit-generated"),
    componentWasm: path("components/orders/dist/shop_orders.wasm"),
    linkedWasm: path("golem-temp/components/shop-orders.wasm"),
    componentType: "durable",
    files: [],
    env: {},
    dependencies: [],
  });
  expect(loaded.witDeps).toEqual([platformWit]);
});

test.each([
  ["to_snake_case", "my_shop_http_api"],
  ["to_kebab_case", "my-shop-http-api"],
  ["to_pascal_case", "MyShopHttpApi"],
  ["to_lower_camel_case", "myShopHttpApi"],
  ["to_shouty_snake_case", "MY_SHOP_HTTP_API"],
  ["to_title_case", "My Shop Http Api"],
  ["to_train_case", "My-Shop-Http-Api"],
])("the filter %s", async (filter, rendered) => {
  const { loaded, path } = await load({
    "golem.yaml": `${rootManifest}    linkedWasm: "{{ component_name | ${filter} }}"\n`,
    "components/api/golem.yaml": "components:\n  myShop:HTTPApi:\n    template: ts\n",
  });
  expect(loaded.components.get("myShop:HTTPApi")?.linkedWasm).toBe(path(`components/api/${rendered}`));
});

test("files and environment extend the template's, single values replace it", async () => {
  const { loaded, path } = await load({
    "golem.yaml": `${rootManifest}    componentType: ephemeral
    files: [{ sourcePath: a.txt, targetPath: /a.txt }]
    env: { A: "1", B: "1" }
`,
    "components/orders/golem.yaml": `${orders}    componentType: durable
    sourceWit: other-wit
    files: [{ sourcePath: "https://example.com/b.txt", targetPath: /b.txt, permissions: read-write }]
    env: { B: "2" }
`,
  });
  expect(loaded.components.get("shop:orders")).toMatchObject({
    componentType: "durable",
    sourceWit: path("components/orders/other-wit"),
    env: { A: "1", B: "2" },
    files: [
      { sourcePath: path("components/orders/a.txt"), targetPath: "/a.txt", permissions: "read-only" },
      { sourcePath: "https://example.com/b.txt", targetPath: "/b.txt", permissions: "read-write" },
    ],
  });
});

test("a build profile's properties go over the others", async () => {
  const files = {
    "components/orders/golem.yaml": `${orders}    profiles:
      debug: { componentWasm: debug.wasm }
      release: { componentWasm: release.wasm }
    defaultProfile: debug
`,
  };
  await using app = await TestApplication.create(files);
  const wasm = async (profile?: string) =>
    (await loadApplication(app.dir, profile === undefined ? {} : { profile })).components.get("shop:orders")
      ?.componentWasm;
  expect(await wasm()).toBe(app.path("components/orders/debug.wasm"));
  expect(await wasm("release")).toBe(app.path("components/orders/release.wasm"));
});

test("dependencies between components", async () => {
  const { loaded } = await load({
    "components/orders/golem.yaml": orders,
    "components/cart/golem.yaml": `components:\n  shop:cart:\n    template: ts\ndependencies:\n  shop:cart:\n    - { type: wasm-rpc, target: shop:orders }\n`,
  });
  expect(loaded.components.get("shop:cart")?.dependencies).toEqual([
    { type: "wasm-rpc", target: "shop:orders" },
  ]);
});

test.each([
  [
    "an unknown key, with the nearest",
    `${orders}    componenType: durable\n`,
    "components/orders/golem.yaml:4:5: unknown key `componenType`; did you mean `componentType`?",
  ],
  [
    "an unknown key that is near to none",
    `${orders}nonsense: 1\n`,
    "components/orders/golem.yaml:4:1: unknown key `nonsense`; known here: includes, tempDir, witDeps",
  ],
  [
    "a wrong value",
    `${orders}    componentType: eternal\n`,
    "components/orders/golem.yaml:4:5: `components.shop:orders.componentType`: Invalid option",
  ],
  [
    "a lower-case environment variable",
    `${orders}    env: { lower: "x" }\n`,
    "components/orders/golem.yaml:4:12: `components.shop:orders.env.lower`",
  ],
  [
    "a relative path of an initial file",
    `${orders}    files:\n      - sourcePath: a.txt\n        targetPath: a.txt\n`,
    "components/orders/golem.yaml:6:9: `components.shop:orders.files.0.targetPath`: must be an absolute path",
  ],
  [
    "a template that is not there",
    orders.replace("template: ts", "template: tss"),
    "components/orders/golem.yaml:3:5: unknown template `tss`; did you mean `ts`?",
  ],
  [
    "a dependency on an unknown component",
    `${orders}dependencies:\n  shop:orders:\n    - { type: wasm-rpc, target: shop:order }\n`,
    "components/orders/golem.yaml:6:25: there is no component `shop:order`; did you mean `shop:orders`?",
  ],
  [
    "a kind of dependency that is not supported",
    `${orders}dependencies:\n  shop:orders:\n    - { type: wasm, path: x.wasm }\n`,
    "a dependency of type `wasm` is not supported here",
  ],
  [
    "includes in a manifest that is not the root",
    `${orders}includes: [x]\n`,
    "golem.yaml:4:1: only the root manifest may have `includes`",
  ],
  ["text that is no YAML", "components: [\n", "components/orders/golem.yaml:2:1: Flow sequence"],
])("refuses %s", async (_, manifest, message) => {
  expect(await failureOf({ "components/orders/golem.yaml": manifest })).toContain(message);
});

test("refuses a component that two manifests define", async () => {
  const failure = await failureOf({
    "components/orders/golem.yaml": orders,
    "components/others/golem.yaml": orders,
  });
  expect(failure).toBe(
    "components/others/golem.yaml:2:3: `shop:orders` of `components` is already defined in components/orders/golem.yaml\n  Keep one of the two.",
  );
});

test("refuses a component without WIT", async () => {
  const failure = await failureOf({ "components/orders/golem.yaml": "components:\n  shop:orders: {}\n" });
  expect(failure).toContain("components/orders/golem.yaml:2:3: `shop:orders` has no `sourceWit`");
});

test("refuses an unknown filter of a template, where the template is", async () => {
  const failure = await failureOf({
    "golem.yaml": `${rootManifest}    linkedWasm: "{{ component_name | to_snak_case }}"\n`,
    "components/orders/golem.yaml": orders,
  });
  expect(failure).toBe(
    "golem.yaml:5:3: unknown filter `to_snak_case` of a template; did you mean `to_snake_case`?",
  );
});
