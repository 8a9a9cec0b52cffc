import { expect, test } from "vitest";
import { component, TestApplication } from "./application.ts";

const API = "interface api { get: func() -> string; }\nworld NAME { export api; }\n";
const PROGRAM = 'export const api = { get: () => "here" };\n';

function callee(name: string, wit: string): Record<string, string> {
  return component(name, wit, PROGRAM);
}

function caller(...targets: readonly string[]): Record<string, string> {
  return {
    ...component("caller", "world caller {}\n", "export {};\n"),
    "components/caller/golem.yaml": `components:
  test:caller:
    template: ts
dependencies:
  test:caller:
${targets.map((target) => `  - { type: wasm-rpc, target: "${target}" }`).join("\n")}
`,
  };
}

test.for<readonly [what: string, wit: string, told: string]>([
  [
    "functions that a client offers for another one",
    "interface api { get: func(); blocking-get: func(); }\nworld callee { export api; }\n",
    "components/callee/wit/callee.wit:3:17: whoever calls this component needs the name `blocking-get` for two things, the function `get` and the function `blocking-get`: rename one of them",
  ],
  [
    "a function that every client has",
    "interface api { custom: func(); }\nworld callee { export api; }\n",
    "the name `custom` for two things, the function `custom` and the client's own function `custom`",
  ],
  [
    "a parameter that a client adds",
    "interface api { get: func(scheduled-for: string); }\nworld callee { export api; }\n",
    "the name `scheduled-for` for two things, the parameter `scheduled-for` and the client's own parameter `scheduled-for`",
  ],
  [
    "a parameter that a constructor of a client adds",
    "interface api { resource cart { constructor(worker-name: string); } }\nworld callee { export api; }\n",
    "the name `worker-name` for two things, the constructor's parameter `worker-name` and the client's own parameter `worker-name`",
  ],
  [
    "a resource called as its interface",
    "interface cart { resource cart { get: func(); } }\nworld callee { export cart; }\n",
    "the name `cart` for two things, the resource `cart` and the interface `cart`",
  ],
  [
    "a name in capital letters, which componentize-js loses",
    "interface api { HTTP-get: func() -> string; }\nworld callee { export api; }\n",
    "needs the resource `future-HTTP-get-result` for the result of `HTTP-get` of the interface `api`, and componentize-js knows no resources with capital letters: write it in lower case",
  ],
])("a callee is not built with %s", async ([, wit, told]) => {
  await using app = await TestApplication.create({ ...callee("callee", wit), ...caller("test:callee") });

  expect(await app.failure({ only: ["test:callee"] })).toContain(told);
});

test("such names are nobody's trouble where nobody calls", async () => {
  const wit =
    "interface api { get: func() -> string; blocking-get: func(); }\nworld callee { export api; }\n";
  await using app = await TestApplication.create(
    component("callee", wit, 'export const api = { get: () => "", blockingGet() {} };\n'),
  );

  expect(await app.build()).toHaveLength(1);
}, 60_000);

test("a component whose WIT is wrong harms only those that need it", async () => {
  await using app = await TestApplication.create({
    ...callee("broken", "interface api {"),
    ...callee("whole", API.replace("NAME", "whole")),
    ...caller("test:broken"),
  });

  expect(await app.build({ only: ["test:whole"] })).toHaveLength(1);
  expect(await app.failure({ only: ["test:caller"] })).toContain("components/broken/wit/broken.wit:");
}, 60_000);

test("two components whose packages differ in the namespace only are called by one program", async () => {
  const archive = component(
    "archive",
    "interface api { get: func() -> string; }\nworld shop { export api; }\n",
    PROGRAM,
  );
  await using app = await TestApplication.create({
    ...callee("shop", "interface api { get: func() -> string; }\nworld shop { export api; }\n"),
    ...Object.fromEntries(
      Object.entries(archive).map(([path, text]) => [path, text.replaceAll("test:archive", "archive:shop")]),
    ),
    ...caller("test:shop", "archive:shop"),
    "components/caller/src/main.ts": `import { Api as Shop } from "test:shop-client/shop-client";
import { Api as Archive } from "archive:shop-client/shop-client";
export const both = [Shop, Archive];
`,
  });

  expect(await app.build()).toHaveLength(3);
}, 120_000);
