import { expect, test } from "vitest";
import type { BuildEvent } from "../src/index.ts";
import { component, TestApplication } from "./application.ts";
import { complete, failureOf, invoice, shopWit } from "./shop.ts";

test("an interface that is not exported", async () => {
  expect(await failureOf("export const apu = { place() {} };")).toBe(
    `components/shop/src/main.ts: the program does not export \`api\`, the object for \`test:shop-exports/api\`
  Did you mean it by \`apu\`?`,
  );
});

test("functions outside the object of their interface", async () => {
  expect(await failureOf("export function place(express: boolean) {}")).toContain(
    "`place` must be inside it. Write: export const api = { cancel, place };",
  );
});

test("a function that is missing, with the nearest name and the place of the object", async () => {
  expect(await failureOf(`${invoice}\nexport const api = { Invoice, plce() {}, cancel() {} };`)).toBe(
    `components/shop/src/main.ts:8:20: \`api\` has no function \`place\`, which \`test:shop-exports/api\` asks for
  Did you mean it by \`plce\`?`,
  );
});

test("a function with another number of parameters", async () => {
  expect(
    await failureOf(
      `${invoice}\nfunction place() { return ""; }\nexport const api = { Invoice, place, cancel() {} };`,
    ),
  ).toBe(
    `components/shop/src/main.ts:8:0: \`api.place\` takes 0 parameters, but \`place\` has 1 in its WIT
  Its parameters are: express. Name one that you do not need with a leading underscore.`.replace(
      "8:0",
      "8:1",
    ),
  );
});

test("optional and rest parameters may stand for those of the WIT", async () => {
  await using app = await TestApplication.create(
    component(
      "shop",
      shopWit,
      `${invoice}\nexport const api = { Invoice, place: (a = 1, b = 2) => "", cancel: (...all: []) => {}, fails: new Date() };`,
    ),
  );
  expect(await app.failure()).toContain("`new Date()` at module level");
});

test("a resource without its class", async () => {
  expect(await failureOf(`export const api = { place(e: boolean) {}, cancel() {} };`)).toContain(
    "`api` has no class `Invoice`",
  );
});

test("a resource's class without a method", async () => {
  const program = complete.replace("add(amount: number) {}", "");
  expect(await failureOf(program)).toContain(
    "class `Invoice` has no method `add`, which `[method]invoice.add` asks for",
  );
});

test("a constructor with another number of parameters", async () => {
  expect(await failureOf(complete.replace("constructor(number: string) {}", ""))).toContain(
    "`new Invoice` takes 0 parameters, but `[constructor]invoice` has 1 in its WIT",
  );
});

test("a module of Node, with the files that led to it", async () => {
  const failure = await failureOf(`import "./a.ts";\n${complete}`, {
    "components/shop/src/a.ts": `import { b } from "./deep/b.ts";\nconsole.log(b);\n`,
    "components/shop/src/deep/b.ts": `\n  import { readFileSync } from "node:fs";\nexport const b = () => readFileSync("x");\n`,
  });
  expect(failure).toBe(
    `components/shop/src/deep/b.ts:2:32: \`node:fs\` exists only in Node, not in a component
  Imported by: components/shop/src/main.ts → components/shop/src/a.ts → components/shop/src/deep/b.ts → node:fs
  Use a package that runs in browsers, or the WASI interface for it (files: @golem-kit/sdk/fs; randomness: crypto).`,
  );
});

test("a bare name of a module of Node", async () => {
  expect(await failureOf(`import "fs";\n${complete}`)).toContain("main.ts:1:8: `fs` exists only in Node");
});

test("a package that is not installed", async () => {
  expect(await failureOf(`import { x } from "@no/such/thing";\nx();\n${complete}`)).toBe(
    `components/shop/src/main.ts:1:19: there is no package \`@no/such/thing\`
  Imported by: components/shop/src/main.ts → @no/such/thing
  Install it: npm install @no/such`,
  );
});

test("a part that an installed package does not have, with the nearest one", async () => {
  const files = {
    "node_modules/@tea/pot/package.json": JSON.stringify({
      name: "@tea/pot",
      exports: { ".": "./pot.js", "./lid": "./lid.js", "./leaves/*": "./leaves/*.js" },
    }),
    "node_modules/@tea/pot/lid.js": "export const lid = true;",
  };
  expect(await failureOf(`import { lid } from "@tea/pot/lib";\nlid();\n${complete}`, files)).toBe(
    `components/shop/src/main.ts:1:21: package \`@tea/pot\` is installed, but has no \`@tea/pot/lib\`
  Imported by: components/shop/src/main.ts → @tea/pot/lib
  Did you mean \`@tea/pot/lid\`?`,
  );
  expect(await failureOf(`import "@tea/pot/handle-with-care";\n${complete}`, files)).toContain(
    "It has: @tea/pot, @tea/pot/lid.",
  );
});

test("a file that an installed package does not have", async () => {
  const files = { "node_modules/tea/package.json": `{ "name": "tea" }` };
  expect(await failureOf(`import "tea/green.js";\n${complete}`, files)).toContain(
    "package `tea` is installed, but has no `tea/green.js`",
  );
});

test("a WIT import that the world does not name, with the line to add and where", async () => {
  const program = `import { openBucket } from "wasi:keyvalue/types";\n${complete}\nexport { openBucket };`;
  expect(await failureOf(program)).toBe(
    `components/shop/src/main.ts:1:28: world \`shop\` does not import \`wasi:keyvalue/types\`
  Add \`import wasi:keyvalue/types@0.1.0;\` to world \`shop\` at components/shop/wit/shop.wit:14.`,
  );
});

test("several WIT imports that the world does not name, all at once", async () => {
  const program = `import { openBucket } from "wasi:keyvalue/types";
import { get } from "wasi:keyvalue/eventual";
${complete}
export { get, openBucket };`;
  expect(await failureOf(program)).toContain(
    `Add to world \`shop\` at components/shop/wit/shop.wit:14, for all that the program imports:
    import wasi:keyvalue/eventual@0.1.0;
    import wasi:keyvalue/types@0.1.0;`,
  );
});

test("a client of a component that is no dependency yet", async () => {
  const program = `import { Api } from "test:other-client/other-client";\n${complete}\nexport { Api };`;
  const other = component(
    "other",
    "interface api { ping: func(); }\nworld other { export api; }",
    "export const api = { ping() {} };",
  );
  expect(await failureOf(program, other)).toContain(
    `Add to \`dependencies\` of components/shop/golem.yaml:
    test:shop:
      - type: wasm-rpc
        target: test:other`,
  );
});

test("a name that the imported interface does not have", async () => {
  const program = `import { resolutio } from "wasi:clocks/wall-clock";\n${complete}\nexport { resolutio };`;
  expect(await failureOf(program)).toBe(
    `components/shop/src/main.ts:1:27: \`wasi:clocks/wall-clock@0.2.0\` has no \`resolutio\`
  Did you mean \`resolution\`?`,
  );
});

test("a misspelt WIT import", async () => {
  const program = `import { get } from "wasi:keyvalue/eventaul";\n${complete}\nexport { get };`;
  expect(await failureOf(program)).toContain("Did you mean `wasi:keyvalue/eventual@0.1.0`?");
});

test("a syntax error in TypeScript names the user's file and line", async () => {
  const failure = await failureOf(`import "./bad.ts";\n${complete}`, {
    "components/shop/src/bad.ts": "const a: number = 1;\nconst b = = 2;\n",
  });
  expect(failure).toBe('components/shop/src/bad.ts:2:11: Unexpected "="');
});

test("an import that leads nowhere names the file and line", async () => {
  expect(await failureOf(`\nimport { a } from "./nowhere.ts";\na();\n${complete}`)).toMatch(
    /^components\/shop\/src\/main\.ts:2:19: there is no file `\.\/nowhere\.ts`$/,
  );
});

test("wrong WIT gives file, line and column", async () => {
  await using app = await TestApplication.create({
    ...component(
      "shop",
      "interface api {\n  place: func() -> ordr;\n  record order { id: string }\n}\nworld shop { export api; }",
      complete,
    ),
  });
  expect(await app.failure()).toMatch(/^components\/shop\/wit\/shop\.wit:4:20: .*did you mean `order`\?$/);
});

test("a superseded spelling of an import works, with a warning", async () => {
  const events: BuildEvent[] = [];
  const hostWit = shopWit.replace("world shop {", "world shop {\n  import golem:api/host@1.1.6;");
  const program = `import { getOplogIndex } from "golem:api/host@0.2.0";\n${complete}\nexport const index = getOplogIndex();`;
  await using app = await TestApplication.create(component("shop", hostWit, program));
  expect(await app.failure({ onProgress: (event) => events.push(event) })).toContain(
    "calls `golem:api/host@1.1.6` at module level",
  );
  expect(events).toContainEqual({
    component: "test:shop",
    type: "warning",
    message:
      '"golem:api/host@0.2.0" is not there in Golem 1.2: the import gets "golem:api/host@1.1.6". Write that, or "golem:api/host".',
  });
});

test("a component without a program", async () => {
  const files = component("shop", shopWit, "");
  delete files["components/shop/src/main.ts"];
  await using app = await TestApplication.create(files);
  expect(await app.failure()).toBe(
    "there is no components/shop/src/main.ts, where a component's program begins",
  );
});

test("a component without WIT", async () => {
  const files = component("shop", shopWit, complete);
  delete files["components/shop/wit/shop.wit"];
  await using app = await TestApplication.create(files);
  expect(await app.failure()).toBe("there is no WIT in components/shop/wit");
});

test("a folder that cannot be written", async () => {
  await using app = await TestApplication.create({
    ...component("shop", shopWit, complete),
    "components/shop/generated": "a file where the folder should be",
  });
  expect(await app.failure()).toMatch(/^components\/shop\/generated\/.*\.d\.ts cannot be written: /);
});
