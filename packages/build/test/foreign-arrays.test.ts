import { afterAll, beforeAll, expect, test } from "vitest";
import { component, TestApplication } from "./application.ts";
import { runComponent } from "./run-component.ts";

const wit = `
interface api {
  kinds: func(bytes: list<u8>, words: list<u16>, longs: list<s64>) -> list<string>;
}

world arrays { export api; }
`;

const program = `
class Picture extends Uint8Array {}

const kinds = { Uint8Array, Uint8ClampedArray, Uint16Array, BigInt64Array, Picture };

function kindsOf(value) {
  return Object.keys(kinds)
    .filter((name) => value instanceof kinds[name])
    .join();
}

export const api = {
  kinds: (...lists) => [
    ...lists.map(kindsOf),
    kindsOf(new Picture(1)),
    kindsOf(new Uint8Array(1)),
    kindsOf({ [Symbol.toStringTag]: "Uint8Array" }) + kindsOf(undefined) + kindsOf([1]),
  ],
};
`;

interface Api {
  kinds(bytes: Uint8Array, words: Uint16Array, longs: BigInt64Array): readonly string[];
}

let app: TestApplication;
let api: Api;

beforeAll(async () => {
  app = await TestApplication.create(component("arrays", wit, program));
  const [built] = await app.build();
  ({ api } = await runComponent<{ readonly api: Api }>(built?.wasmPath ?? "", {}));
});

afterAll(() => app[Symbol.asyncDispose]());

test("arrays of the bindings are instances of the program's classes, and nothing else is", () => {
  expect(api.kinds(Uint8Array.of(1), Uint16Array.of(1), BigInt64Array.of(1n))).toEqual([
    "Uint8Array",
    "Uint16Array",
    "BigInt64Array",
    "Uint8Array,Picture",
    "Uint8Array",
    "",
  ]);
});
