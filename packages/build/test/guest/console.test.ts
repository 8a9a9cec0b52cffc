import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Guest } from "./guest.ts";

const wit = `
interface api {
  write: func(what: string) -> string;
}

world guest { export api; }
`;

const program = `
const circle: { self?: unknown } = {};
circle.self = circle;
const throwing = () => { throw new Error("never read"); };
const deep = [[[[[["lost"]]]]]];

const writes: Record<string, () => void> = {
  formats: () => console.log("%s has %d, %i, %f: %o %% %c!", "a", 2.5, "3.7", "1.25", { b: [1] }, "color: red", "more"),
  tooFew: () => console.log("%s and %s", 1),
  percent: () => console.log("100%", 5),
  values: () => console.log("text", 1, -0, 3n, null, undefined, Symbol("tea"), [1, "a"], { "a b": 1, c: { d: [] } }, () => 1),
  collections: () => console.log(new Map([["a", { b: 1 }]]), new Set([1]), new Uint8Array(2), new Date(0), /x/g),
  circle: () => console.log(circle, deep),
  many: () => console.log(Array.from({ length: 500 }, (_, index) => index)),
  error: () => console.error(new TypeError("no price", { cause: new Error("no tax") })),
  nested: () => console.error({ error: new TypeError("inside") }),
  labelled: () => console.error("failed:", new Error("no tea")),
  assertion() { console.assert(true, "x"); console.assert(false, "not %s", "y"); console.assert(0, { z: 1 }); console.assert(false); },
  groups() { console.group("one"); console.warn("two\\nlines"); console.groupCollapsed(); console.info("three"); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log("four"); },
  counts() { console.count(); console.count("x"); console.count(); console.countReset(); console.count(); console.countReset("y"); },
  table: () => console.table([{ sku: "tea", left: 2 }, { sku: "jam" }]),
  plainTable() { console.table(["a"]); console.table(5); },
  trace: () => console.trace("here %d", 1),
  getterMessage: () => console.log(Object.defineProperty(new Error(), "message", { get: throwing })),
  getters: () => console.log(Object.defineProperty({ a: 1 }, "b", { get: throwing, enumerable: true })),
  proxy: () => console.log(new Proxy({}, { ownKeys: throwing, getOwnPropertyDescriptor: throwing, getPrototypeOf: throwing })),
  text: () => console.log("%s", { toString: throwing, [Symbol.toPrimitive]: throwing }),
  revoked() { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); console.log(proxy); console.table(proxy); },
  nul: () => console.log("before\\0after"),
  surrogate: () => console.log("a\\ud800b"),
  long: () => console.log("x".repeat(100_000) + "end"),
};

export const api = { write(what: string) { writes[what]!(); return "written"; } };
`;

let guest: Guest;
beforeAll(async () => {
  guest = await Guest.load(wit, program);
}, 120_000);
afterAll(() => guest[Symbol.asyncDispose]());

async function written(what: string): Promise<string> {
  const outcome = await guest.call("write", what);
  expect(outcome.answer).toBe("written");
  return outcome.written;
}

describe("console writes", () => {
  test.each([
    ["formats", "a has 2, 3, 1.25: { b: [1] } % ! more\n"],
    ["tooFew", "1 and %s\n"],
    ["percent", "100% 5\n"],
    ["values", 'text 1 -0 3n null undefined Symbol(tea) [1, "a"] { "a b": 1, c: { d: [] } } [function]\n'],
    [
      "collections",
      'Map(1) { "a" => { b: 1 } } Set(1) { 1 } Uint8Array [0, 0] 1970-01-01T00:00:00.000Z /x/g\n',
    ],
    ["circle", "{ self: [circular] } [[[[[…]]]]]\n"],
    ["nested", "{ error: [TypeError: inside] }\n"],
    ["assertion", "Assertion failed: not y\nAssertion failed { z: 1 }\nAssertion failed\n"],
    ["groups", "one\n  two\n  lines\n    three\nfour\n"],
    ["counts", "default: 1\nx: 1\ndefault: 2\ndefault: 1\nCount for 'y' does not exist\n"],
    [
      "table",
      "┌─────────┬─────┬──────┐\n│ (index) │ sku │ left │\n├─────────┼─────┼──────┤\n" +
        "│ 0       │ tea │ 2    │\n│ 1       │ jam │      │\n└─────────┴─────┴──────┘\n",
    ],
    [
      "plainTable",
      "┌─────────┬────────┐\n│ (index) │ Values │\n├─────────┼────────┤\n│ 0       │ a      │\n└─────────┴────────┘\n5\n",
    ],
    ["nul", "before\\x00after\n"],
    ["surrogate", "a\ufffdb\n"],
    ["long", `${"x".repeat(100_000)}end\n`],
  ])("%s", async (what, text) => {
    expect(await written(what)).toBe(text);
  });

  test("no more than a hundred members of a list", async () => {
    expect(await written("many")).toMatch(/ 99, … 400 more\]\n$/);
  });

  test("an error with its stack and cause", async () => {
    expect(await written("error")).toMatch(
      /^TypeError: no price\nStack:\n {2}error@test_guest\.js:[^]*\n\nCaused by: no tax\nStack:\n {2}error@test_guest\.js:/,
    );
    expect(await written("labelled")).toMatch(/^failed: no tea\nStack:\n {2}labelled@test_guest\.js:/);
  });

  test("where a trace is asked for", async () => {
    expect(await written("trace")).toMatch(/^Trace: here 1\n {2}trace@test_guest\.js:\d+:\d+\n/);
  });

  test.each([
    ["getterMessage", /^\[unreadable message\]\nStack:/],
    ["getters", /^\{ a: 1, b: \[getter\] \}\n$/],
    ["proxy", /^\[unreadable object\]\n$/],
    [
      "text",
      /^\{ toString: \[function throwing\], \[Symbol\(Symbol\.toPrimitive\)\]: \[function throwing\] \}\n$/,
    ],
    ["revoked", /^\[unreadable object\]\n\[unreadable object\]\n$/],
  ])("what cannot be read, as far as it can: %s", async (what, text) => {
    expect(await written(what)).toMatch(text);
  });
});
