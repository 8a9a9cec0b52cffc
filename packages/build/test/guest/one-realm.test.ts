import { afterAll, beforeAll, expect, test } from "vitest";
import { component, TestApplication } from "../application.ts";
import { runComponent } from "../run-component.ts";

const wit = `
interface shelf {
  take: func(sku: string) -> result<list<string>, string>;
}

interface api {
  record line { sku: string, count: u32 }
  kinds: func(bytes: list<u8>, words: list<u16>, longs: list<s64>) -> list<string>;
  plain: func(line: line, lines: list<line>, pair: tuple<u8, u8>) -> list<bool>;
  taken: func(sku: string) -> list<bool>;
}

world realm { import shelf; export api; }
`;

const program = `
import { take } from "test:realm/shelf";

class Picture extends Uint8Array {}

const kinds = { Uint8Array, Uint8ClampedArray, Uint16Array, BigInt64Array, Picture };

function kindsOf(value) {
  return Object.keys(kinds)
    .filter((name) => value instanceof kinds[name])
    .join();
}

export const api = {
  kinds: (...lists) => [...lists.map(kindsOf), kindsOf(new Picture(1)), kindsOf([1])],
  plain: (line, lines, pair) => [
    line instanceof Object,
    line.constructor === Object,
    Object.getPrototypeOf(line) === Object.prototype,
    lines instanceof Array,
    lines.constructor === Array,
    lines[0] instanceof Object,
    pair instanceof Array,
  ],
  taken(sku) {
    try {
      const list = take(sku);
      return [list instanceof Array, list.constructor === Array];
    } catch (error) {
      return [error instanceof Error, Error.isError(error), error.payload === "sold out"];
    }
  },
};
`;

interface Api {
  kinds(bytes: Uint8Array, words: Uint16Array, longs: BigInt64Array): readonly string[];
  plain(line: object, lines: readonly object[], pair: readonly number[]): readonly boolean[];
  taken(sku: string): readonly boolean[];
}

let app: TestApplication;
let api: Api;

beforeAll(async () => {
  app = await TestApplication.create(component("realm", wit, program));
  const [built] = await app.build();
  const take = (sku: string): string[] => {
    if (sku === "tea") return ["green"];
    throw Object.assign(new Error("sold out"), { payload: "sold out" });
  };
  const imports = { "test:realm/shelf": { take } };
  ({ api } = await runComponent<{ readonly api: Api }>(built?.wasmPath ?? "", imports));
});

afterAll(() => app[Symbol.asyncDispose]());

test("arrays of numbers of the bindings are instances of the program's classes", () => {
  expect(api.kinds(Uint8Array.of(1), Uint16Array.of(1), BigInt64Array.of(1n))).toEqual([
    "Uint8Array",
    "Uint16Array",
    "BigInt64Array",
    "Uint8Array,Picture",
    "",
  ]);
});

test("records, lists and tuples are objects and arrays of the program", () => {
  const line = { sku: "tea", count: 1 };

  expect(api.plain(line, [line], [1, 2])).toEqual(Array.from({ length: 7 }, () => true));
});

test("what an import returns and throws is an array and an error of the program", () => {
  expect(api.taken("tea")).toEqual([true, true]);
  expect(api.taken("coffee")).toEqual([true, true, true]);
});
