import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BuildEvent } from "../../src/index.ts";
import { component, TestApplication } from "../application.ts";
import { runComponent } from "../run-component.ts";

const wit = `
interface api { run: func() -> list<string>; }

world sources { export api; }
`;

const program = `
import page from "./page.md" with { type: "text" };
import settings from "./settings.json" with { type: "json" };
import { twice } from "@/lib/twice";
import { nameOf } from "./names.mts";
import { mode, home, load, tick } from "modes";
import { old } from "old";

function logged(value: (this: unknown, n: number) => number, { name }: ClassMethodDecoratorContext) {
  return function (this: unknown, n: number) { return value.call(this, n) + String(name).length; };
}

class Counter {
  accessor start = 2;
  @logged
  add(n: number) { return this.start + n; }
}

export const api = {
  run: async () => [typeof tick, await load("tea").catch(({ message }) => message), page, settings.region, twice("a"), nameOf(Counter), mode, String(home), old, String(new Counter().add(1))],
};
`;

const files = {
  ...component("sources", wit, program),
  "components/sources/tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "@/*": ["./src/*"] } } }),
  "components/sources/src/page.md": "# Tea\n",
  "components/sources/src/settings.json": '{ "region": "eu" }',
  "components/sources/src/lib/twice.ts": "export const twice = (text: string): string => text + text;",
  "components/sources/src/names.mts":
    "export const nameOf = (value: { readonly name: string }): string => value.name;",
  "node_modules/modes/package.json": '{ "name": "modes", "exports": { "import": "./modes.mjs" } }',
  "node_modules/modes/modes.mjs":
    "export const mode = process.env.NODE_ENV;\nexport const home = import.meta.url;\nexport const load = (name) => import(name);\nexport const tick = (f) => setImmediate(f);",
  "node_modules/old/package.json": '{ "name": "old", "main": "old.cjs" }',
  "node_modules/old/old.cjs": "exports.old = process.env.NODE_ENV + '?';",
};

describe("sources of every kind", () => {
  let app: TestApplication;
  const warnings: string[] = [];
  let answer: readonly string[];

  beforeAll(async () => {
    app = await TestApplication.create(files);
    const onProgress = (event: BuildEvent): void => {
      if (event.type === "warning") warnings.push(event.message.replaceAll(`${app.dir}/`, ""));
    };
    const [built] = await app.build({ onProgress });
    const { api } = await runComponent<{ readonly api: { run(): Promise<string[]> } }>(
      built?.wasmPath ?? "",
      {},
    );
    answer = await api.run();
  });
  afterAll(() => app[Symbol.asyncDispose]());

  test("are bundled: texts, JSON, paths of tsconfig.json, modules of both extensions, decorators, accessors", () => {
    expect(answer).toEqual([
      "function",
      "a component has no module tea",
      "# Tea\n",
      "eu",
      "aa",
      "Counter",
      "production",
      "undefined",
      "production?",
      "6",
    ]);
  });

  test("of packages that use what is not there are warned of", () => {
    expect(warnings).toEqual([
      "node_modules/modes/modes.mjs:4:28: `setImmediate` is not there in a component. Use setTimeout(callback, 0), or queueMicrotask(callback).",
    ]);
  });
});

test("decorators are TypeScript's own where tsconfig.json says so", async () => {
  await using app = await TestApplication.create({
    ...component(
      "sources",
      wit,
      `const names: string[] = [];
       function noted(_: object, name: string) { names.push(name); }
       class Line { @noted sku = ""; @noted place() {} }
       export const api = { run: () => [...names, typeof Line] };`,
    ),
    "components/sources/tsconfig.json": JSON.stringify({ compilerOptions: { experimentalDecorators: true } }),
  });
  const [built] = await app.build();
  const { api } = await runComponent<{ readonly api: { run(): string[] } }>(built?.wasmPath ?? "", {});

  expect(api.run()).toEqual(["sku", "place", "function"]);
});

describe("what no component has is refused with its place and what to use", () => {
  test.each([
    ['process.env["API_KEY"]', "1:33: `process` is not there in a component\n  Environment variables"],
    ['Buffer.from("a")', "1:33: `Buffer` is not there in a component\n  Use Uint8Array"],
    ["__dirname", "1:33: `__dirname` is not there"],
    ["setImmediate(() => {})", "1:33: `setImmediate` is not there"],
    ['require("x")', "1:33: `require` is not there in a component\n  Use import."],
    ["import.meta.url", "1:33: `import.meta` says where a module lies"],
    ["import(`./${String(1)}.ts`)", "1:33: an import of a name that is known only when the program runs"],
  ])("%s", async (code, message) => {
    await using app = await TestApplication.create(
      component("sources", wit, `export const api = { run: () => ${code} };`),
    );

    expect(await app.failure()).toContain(`components/sources/src/main.ts:${message}`);
  });

  test("unless the file asks whether it is there, or has its own", async () => {
    await using app = await TestApplication.create({
      ...component(
        "sources",
        wit,
        `import { window } from "./window.ts";
         const isNode = typeof process !== "undefined" && process.versions != null;
         const of = (require: string, { global }: { global: string }) => require + global;
         export const api = { run: () => [String(isNode), of("a", { global: "b" }), window.document] };`,
      ),
      "components/sources/src/window.ts": 'export const window = { document: "none" };',
    });
    const [built] = await app.build();
    const { api } = await runComponent<{ readonly api: { run(): string[] } }>(built?.wasmPath ?? "", {});

    expect(api.run()).toEqual(["false", "ab", "none"]);
  });
});
