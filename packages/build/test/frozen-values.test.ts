import { expect, test } from "vitest";
import { complete, failureOf } from "./shop.ts";

test.each([
  ["const value = Date.now();", "`Date.now()` at module level sees the time of the build"],
  ["const value = new Date();", "`new Date()` at module level sees the time of the build"],
  [
    "const value = globalThis.performance.now();",
    "`globalThis.performance.now()` at module level sees the time",
  ],
  ["const value = Math.random();", "`Math.random()` at module level is drawn once"],
  ["const value = crypto.randomUUID();", "`crypto.randomUUID()` at module level is drawn once"],
  ["const value = process.env.HOME;", "`process.env` at module level reads the environment of the build"],
  ["const value = [1, 2].map(() => Math.random());", "`Math.random()` at module level"],
  ["class Config { static at = Date.now(); }\nconst value = Config;", "`Date.now()` at module level"],
  ["const make = () => Date.now();\nconst value = make();", "`Date.now()` at module level"],
  ["const value = (() => { return new Date(); })();", "`new Date()` at module level"],
  [
    'import { now } from "wasi:clocks/wall-clock@0.2.9";\nconst value = now();',
    "`now()` at module level sees the time of the build",
  ],
])("code at module level whose value would be frozen: %s", async (code, message) => {
  const failure = await failureOf(`${code}\nconsole.log(value);\n${complete}`);
  expect(failure).toContain(message);
  expect(failure).toContain("Move it into the function that needs it.");
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
