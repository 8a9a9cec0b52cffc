import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WebComponent } from "./web-component.ts";

/** Of each global what it has: of a function how many parameters, of anything else its type. */
const program = `
function members(object) {
  const all = Reflect.ownKeys(object).filter((key) => key !== "prototype" && key !== "constructor");
  return Object.fromEntries(all.map((key) => [String(key), told(Object.getOwnPropertyDescriptor(object, key))]));
}

function told({ value, get }) {
  if (get !== undefined) return "accessor";
  return typeof value === "function" ? value.length : typeof value;
}

function describe(value) {
  if (typeof value === "function") {
    const own = members(value);
    return { static: own, ...(value.prototype && { prototype: members(value.prototype) }) };
  }
  if (typeof value !== "object" || value === null || value === globalThis) return typeof value;
  return { own: members(value), prototype: members(Object.getPrototypeOf(value) ?? {}) };
}

async function refusal(run) {
  try {
    await run();
    return "does not fail";
  } catch (error) {
    return String(error);
  }
}

const functions = {
  globals() {
    const names = Reflect.ownKeys(globalThis).map(String).toSorted();
    return Object.fromEntries(names.map((name) => [name, describe(Reflect.get(globalThis, name))]));
  },
  missing: async () => [
    await refusal(() => Reflect.get(new Response("a"), "clone").call()),
    await refusal(() => Reflect.get(globalThis, "Intl").NumberFormat),
    await refusal(() => new RegExp("\\\\x70{L}".replace("x70", "p"), "u")),
  ],
};

export const api = { run: async (name, args) => JSON.stringify(await functions[name](...JSON.parse(args))) };
`;

// A change is seen here when the engine gets another version: then look which parts of this package are needed no longer.
test("the engine has what engine.json lists, and nothing else", async () => {
  await using component = await WebComponent.build(program);
  const globals = JSON.stringify(await component.run("globals"), undefined, 2);
  await expect(`${globals}\n`).toMatchFileSnapshot("engine.json");
  expect(await component.run("missing")).toEqual([
    expect.stringMatching(/^TypeError/),
    expect.stringMatching(/^TypeError/),
    "SyntaxError: invalid property name in regular expression",
  ]);
});

test("engine.json is why each part is there", async () => {
  const listed = JSON.parse(await readFile(join(import.meta.dirname, "engine.json"), "utf8")) as Record<
    string,
    { readonly static: object; readonly prototype: object }
  >;
  for (const name of [
    "Intl",
    "MessageChannel",
    "Temporal",
    "TextDecoderStream",
    "URLPattern",
    "navigator",
    "reportError",
  ]) {
    expect(listed).not.toHaveProperty(name);
  }
  expect(listed["Response"]?.prototype).not.toHaveProperty("clone");
  expect(listed["URL"]?.static).not.toHaveProperty("canParse");
  expect(listed["ReadableStream"]?.static).not.toHaveProperty("from");
  expect(listed["String"]?.prototype).not.toHaveProperty("normalize");
  for (const name of ["encrypt", "exportKey", "generateKey", "deriveBits"]) {
    expect(listed["SubtleCrypto"]?.prototype).not.toHaveProperty(name);
  }
});
