import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mapStack } from "../src/bundle/map-stack.ts";
import type { BuiltComponent } from "../src/index.ts";
import { component, TestApplication } from "./application.ts";
import { runComponent } from "./run-component.ts";

const wit = `
interface api {
  resource counter {
    constructor(start: u32);
    next: func() -> u32;
    sum: static func(a: u32, b: u32) -> u32;
  }
  id: func() -> string;
  began: func() -> f64;
  same: func() -> bool;
  fork: func(of: borrow<counter>) -> counter;
}

world ids {
  export api;
  export hello: func(name: string) -> string;
}
`;

const program = `import { createId } from "drawn-ids";

const began = Date.now();
const names: string[] = [];

class Counter {
  value: number;
  constructor(start: number) { this.value = start; }
  next() { return (this.value += 1); }
  static sum(a: number, b: number) { return a + b; }
}

export const api = {
  Counter,
  id: createId,
  began: () => began,
  same: () => new Counter(1) instanceof Counter,
  fork: (of: Counter) => new Counter(of.value),
};

function hello(name: string) {
  if (name === "") throw new Error("on purpose");
  names.push(name);
  return "hello " + names.join(" and ");
}

export { hello as greet };
export const idsInlineFunctions = { hello };
`;

/** As packages that make identifiers do: what they draw when they are loaded tells two processes apart. */
const files = {
  "node_modules/drawn-ids/package.json": `{ "name": "drawn-ids", "version": "1.0.0", "type": "module", "exports": "./index.js" }`,
  "node_modules/drawn-ids/index.js": `const fingerprint = Math.random().toString(36).slice(2);
let count = 0;
export const createId = () => fingerprint + "-" + (count += 1);
`,
  ...component("ids", wit, program.replace("const began = Date.now();", "const began = 0;")),
};
const inWorker = {
  "components/ids/package.json": `{ "golem-kit": { "load": "in-worker" } }`,
  "components/ids/src/main.ts": program,
};

interface Counter {
  next(): Promise<number>;
}

interface Exports {
  readonly api: {
    readonly Counter: {
      new (start: number): Promise<Counter>;
      sum(a: number, b: number): Promise<number>;
    };
    id(): Promise<string>;
    began(): Promise<number>;
    same(): Promise<boolean>;
    fork(of: Counter): Promise<Counter>;
  };
  readonly idsInlineFunctions: { hello(name: string): Promise<string> };
}

let app: TestApplication;
let refusal: string;
let built: BuiltComponent | undefined;

beforeAll(async () => {
  app = await TestApplication.create(files);
  refusal = await app.failure();
  await app.write(inWorker);
  [built] = await app.build();
}, 120_000);

afterAll(() => app[Symbol.asyncDispose]());

const start = (): Promise<Exports> => runComponent<Exports>(built?.wasmPath ?? "", {});

test("a package that draws at load is refused, with the package, the way to it and what to do", () => {
  expect(refusal).toMatch(
    /^node_modules\/drawn-ids\/index\.js:1:21: `Math\.random\(\)` at module level is drawn once/,
  );
  expect(refusal).toContain(`It runs when \`drawn-ids\` loads, imported by: components/ids/src/main.ts
  Have each worker load the program for itself: write "golem-kit": { "load": "in-worker" } into components/ids/package.json.`);
});

test("what a package draws at load is each worker's own, and stays while it lives", async () => {
  const [one, other] = [await start(), await start()];
  const [first = "", number] = (await one.api.id()).split("-");
  expect(number).toBe("1");
  expect(await one.api.id()).toBe(`${first}-2`);
  expect((await other.api.id()).split("-")[0]).not.toBe(first);
});

test("the clock at module level is that of the worker", async () => {
  const before = Date.now();
  const { api } = await start();
  const began = await api.began();
  expect(began).toBeGreaterThanOrEqual(before);
  expect(await api.began()).toBe(began);
});

test("resources are made, used, passed and told apart", async () => {
  const { api } = await start();
  const counter = await new api.Counter(6);
  expect(await counter.next()).toBe(7);
  const fork = await api.fork(counter);
  expect([await fork.next(), await counter.next()]).toEqual([8, 8]);
  expect(await api.Counter.sum(2, 3)).toBe(5);
  expect(await api.same()).toBe(true);
});

test("functions of another interface use the same variables", async () => {
  const { idsInlineFunctions } = await start();
  await idsInlineFunctions.hello("Ada");
  expect(await idsInlineFunctions.hello("Grace")).toBe("hello Ada and Grace");
});

test("stack traces lead to the same lines", async () => {
  const { wasmPath = "", mapPath = "" } = built ?? {};
  const text = await readFile(wasmPath.replace(/wasm$/, "js"), "utf8");
  const line = text.split("\n").findIndex((each) => each.includes("on purpose")) + 1;
  const mapped = mapStack(`hello@test_ids.js:${line}:9`, await readFile(mapPath, "utf8"), mapPath);
  expect(mapped).toContain(`hello@${app.path("components/ids/src/main.ts")}:22:`);
});

test("waiting at module level is refused: a call cannot wait for it", async () => {
  await using waiting = await TestApplication.create({
    ...files,
    ...inWorker,
    "components/ids/src/main.ts": `const ready = await Promise.resolve(1);\nconsole.log(ready);\n${program}`,
  });
  expect(await waiting.failure()).toMatch(
    /^components\/ids\/src\/main\.ts:1:15: a program that each worker loads for itself cannot `await` at module level/,
  );
});

test.each([
  [`{ "golem-kit": { "load": "later" } }`, "`golem-kit.load`: Invalid option"],
  [`{ "golem-kit": { "lode": "in-worker" } }`, '`golem-kit`: Unrecognized key: "lode"'],
  [`{ "golem-kit": `, "this is no JSON"],
])("settings that say nothing: %s", async (text, problem) => {
  await using wrong = await TestApplication.create({ ...files, "components/ids/package.json": text });
  const failure = await wrong.failure();
  expect(failure).toMatch(/^components\/ids\/package\.json: /);
  expect(failure).toContain(problem);
});
