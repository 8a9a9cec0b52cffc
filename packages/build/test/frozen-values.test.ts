import { expect, test } from "vitest";
import { component, TestApplication } from "./application.ts";
import { complete, failureOf, shopWit } from "./shop.ts";

test.each([
  ["const value = Date.now();", "`Date.now()` at module level sees the time of the build"],
  ["const value = new Date();", "`new Date()` at module level sees the time of the build"],
  [
    "const value = globalThis.performance.now();",
    "`globalThis.performance.now()` at module level sees the time",
  ],
  ["const value = Math.random();", "`Math.random()` at module level is drawn once"],
  ["const value = crypto.randomUUID();", "`crypto.randomUUID()` at module level is drawn once"],
  ["const value = [1, 2].map(() => Math.random());", "`Math.random()` at module level"],
  ["class Config { static at = Date.now(); }\nconst value = Config;", "`Date.now()` at module level"],
  ["const make = () => Date.now();\nconst value = make();", "`Date.now()` at module level"],
  ["const value = (() => { return new Date(); })();", "`new Date()` at module level"],
  ["const draw = Math.random;\nconst value = draw();", "`draw()` at module level is drawn once"],
  [
    "const value = Reflect.apply(Date.now, Date, []);",
    "`Reflect.apply(Date.now, Date, [])` at module level sees",
  ],
  [
    "const settings = { get seed() { return crypto.getRandomValues(new Uint8Array(4)); } };\nconst value = settings.seed;",
    "`crypto.getRandomValues(new Uint8Array(4))` at module level is drawn once",
  ],
  ["class Stamp extends Date {}\nconst value = new Stamp();", "`new Stamp()` at module level sees the time"],
  ["const value = new (new Date(0).constructor)();", "at module level sees the time of the build"],
  ["const value = Date();", "`Date()` at module level sees the time"],
  ["const value = performance.timeOrigin;", "`performance.timeOrigin` at module level sees the time"],
  ["const value = new File([], `empty`);", "`new File([], `empty`)` at module level sees the time"],
  ["const value = AbortSignal.timeout(5);", "`AbortSignal.timeout(5)` at module level sees the time"],
  [
    "let value = 0;\nvoid Promise.resolve().then(() => { value = Math.random(); });",
    "`Math.random()` at module",
  ],
  [
    "let value = 0;\ntry { value = Math.random(); } catch {}",
    "`Math.random()` at module level is drawn once",
  ],
  ["let value = 0;\nwhile (value < 3) value += Date.now() > 0 ? 1 : 0;", "`Date.now()` at module level sees"],
  [
    'import { now } from "wasi:clocks/wall-clock@0.2.9";\nconst value = now();',
    "`now()` at module level sees the time of the build",
  ],
])("code at module level whose value would be frozen: %s", async (code, message) => {
  const failure = await failureOf(`${code}\nconsole.log(value);\n${complete}`);
  expect(failure).toContain(message);
  expect(failure).toContain("Move it into the function that needs it.");
});

test("a program is told all places that it would have to change", async () => {
  const failure = await failureOf(
    `export const a = Math.random();\nexport const b = new Date();\n${complete}`,
  );
  expect(failure)
    .toBe(`components/shop/src/main.ts:1:18: \`Math.random()\` at module level is drawn once, while the component is built, and would be the same for every worker
  So do: components/shop/src/main.ts:2:14
  It runs when the module loads. Move it into the function that needs it.`);
});

test("what only looks like a read is none: dates that are given, local times, clocks that are passed on", async () => {
  await using app = await TestApplication.create(
    component(
      "shop",
      shopWit,
      `export const opened = new Date(2020, 1, 1).toString() + new Date(0).getHours() + Date.parse("2020-01-01T00:00");
const clock = Date.now;
class Stamp extends Date {}
export const make = () => [clock(), new Stamp(), Math.random()];
export const known = typeof process === "undefined" ? new Map([[Math.random, Date]]) : undefined;
${complete}`,
    ),
  );
  expect((await app.build()).map(({ upToDate }) => upToDate)).toEqual([false]);
});

test("the environment is not there at module level", async () => {
  const failure = await failureOf(`export const home = process.env.HOME;\n${complete}`);
  expect(failure).toMatch(/^components\/shop\/src\/main\.ts:1:21: `process` is not there in a component\n/);
  expect(failure).toContain("Environment variables and arguments are in @golem-kit/sdk/env");
});

test("a program that never ends loading is given up", async () => {
  await using app = await TestApplication.create(
    component("shop", shopWit, `for (let n = 0; ; n += 1) globalThis.name = String(n);\n${complete}`),
  );
  expect(await app.failure({ loadLimit: 500 })).toContain(
    "the program does not end loading: nothing after 0.5 s",
  );
});

test("the place of frozen code is that of the user's source", async () => {
  const failure = await failureOf(`import { seed } from "./seed.ts";\nconsole.log(seed);\n${complete}`, {
    "components/shop/src/seed.ts":
      "interface Seed { value: number }\n\nexport const seed: Seed = { value: Math.random() };\n",
  });
  expect(failure).toMatch(/^components\/shop\/src\/seed\.ts:3:36: /);
});

test("a name of a function's own is not the module's function of that name", async () => {
  const failure = await failureOf(
    `const read = () => Date.now();
const call = (read: () => number) => read();
const answer = call(() => 42);
const drawn = Math.random();
console.log(answer, drawn, read);
${complete}`,
  );
  expect(failure).toContain("`Math.random()` at module level");
});
