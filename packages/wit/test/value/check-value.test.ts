import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WitType } from "../../src/model.ts";
import { checkValue } from "../../src/value/check-value.ts";
import { compileCheck } from "../../src/value/compile-check.ts";
import { WitValueError } from "../../src/value/value-error.ts";
import { arbitraryType, arbitraryTypedValue } from "../arbitrary-value.ts";

function faultOf(check: () => void): WitValueError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof WitValueError) return error;
    throw error;
  }
}

const order: WitType = {
  kind: "record",
  name: "order",
  fields: [
    { name: "order-id", type: { kind: "string" } },
    {
      name: "lines",
      type: {
        kind: "list",
        element: { kind: "record", name: "line", fields: [{ name: "quantity", type: { kind: "u32" } }] },
      },
    },
    { name: "note", type: { kind: "option", some: { kind: "string" } } },
  ],
};

describe("checkValue", () => {
  test("accepts every value of every type", () => {
    fc.assert(
      fc.property(arbitraryTypedValue, ({ type, value }) => {
        expect(faultOf(() => checkValue(type, value))).toBeNull();
      }),
    );
  });

  test("names the path, what is expected and what is found", () => {
    const value = { orderId: "o-1", lines: [{ quantity: 1 }, { quantity: 2 }, { quantity: -1 }] };
    expect(() => checkValue(order, value, "order")).toThrow(
      "order.lines[2].quantity: expected u32, an integer from 0 to 4294967295, found -1",
    );
  });

  test("lets options of a record be missing, but nothing else", () => {
    expect(() => checkValue(order, { orderId: "o-1", lines: [] })).not.toThrow();
    expect(faultOf(() => checkValue(order, { lines: [] }))).toMatchObject({
      path: "value.orderId",
      found: "undefined",
    });
  });

  test("rejects any part that is replaced by what no type has", () => {
    fc.assert(
      fc.property(arbitraryTypedValue, fc.nat(), ({ type, value }, choice) => {
        const places = replacements(value);
        const place = places[choice % places.length];
        expect(faultOf(() => checkValue(type, place?.replaced))).not.toBeNull();
        expect(faultOf(() => compileCheck(type)(place?.replaced))?.path).toBe(`value${place?.path}`);
      }),
    );
  });
});

describe("compileCheck", () => {
  test("agrees with checkValue on values of the type", () => {
    fc.assert(
      fc.property(arbitraryTypedValue, ({ type, value }) => {
        expect(faultOf(() => compileCheck(type)(value))).toBeNull();
      }),
    );
  });

  test("agrees with checkValue on values of other types and on anything else", () => {
    const anything = fc.oneof(
      arbitraryTypedValue.map(({ value }) => value),
      fc.anything(),
      fc.constantFrom("\ud800", -0, NaN, "ab", "😀"),
    );
    fc.assert(
      fc.property(arbitraryType, anything, (type, value) => {
        const slow = faultOf(() => checkValue(type, value));
        const fast = faultOf(() => compileCheck(type)(value));
        expect(fast?.message).toBe(slow?.message);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("what each type accepts", () => {
  const cases: [WitType, unknown[], unknown[]][] = [
    [{ kind: "bool" }, [true, false], [0, "true", undefined]],
    [{ kind: "u8" }, [0, 255], [-1, 256, 1.5, NaN, 1n, "1"]],
    [{ kind: "s8" }, [-128, 127], [-129, 128]],
    [{ kind: "s64" }, [-(2n ** 63n), 2n ** 63n - 1n], [2n ** 63n, 1]],
    [{ kind: "u64" }, [0n, 2n ** 64n - 1n], [-1n, 2n ** 64n, 1]],
    [{ kind: "f64" }, [0.5, NaN, Infinity], ["1", 1n]],
    [{ kind: "char" }, ["a", "😀"], ["", "ab", "\ud83d", 97]],
    [{ kind: "string" }, ["", "😀"], ["\udc00", new String("a")]],
    [{ kind: "list", element: { kind: "u8" } }, [new Uint8Array(2)], [[1, 2], new Int8Array(2), "ab"]],
    [{ kind: "list", element: { kind: "s64" } }, [[1n], new BigInt64Array(1)], [new BigUint64Array(1), [1]]],
    [{ kind: "list", element: { kind: "bool" } }, [[], [true]], [new Uint8Array(1), Array(1)]],
    [
      { kind: "tuple", items: [{ kind: "u8" }, { kind: "string" }] },
      [[1, "a"]],
      [[1], [1, "a", 2], { 0: 1, 1: "a" }],
    ],
    [{ kind: "enum", name: null, cases: ["a", "b-c"] }, ["a", "b-c"], ["bC", "", 0]],
    [
      { kind: "flags", name: null, names: ["a", "b-c"] },
      [{}, { bC: true }, { a: false }],
      [{ "b-c": true }, { a: 1 }, ["a"]],
    ],
    [
      {
        kind: "variant",
        name: null,
        cases: [
          { name: "a", type: null },
          { name: "b-c", type: { kind: "u8" } },
        ],
      },
      [{ tag: "a" }, { tag: "b-c", val: 1 }],
      [{ tag: "a", val: 1 }, { tag: "b-c" }, { tag: "c" }, "a"],
    ],
    [
      { kind: "result", ok: null, err: { kind: "string" } },
      [{ tag: "ok" }, { tag: "err", val: "e" }],
      [{ tag: "ok", val: 1 }, {}],
    ],
    [{ kind: "option", some: { kind: "u8" } }, [undefined, 1], [null, "1"]],
    [
      { kind: "option", some: { kind: "option", some: { kind: "u8" } } },
      [{ tag: "none" }, { tag: "some", val: undefined }, { tag: "some", val: 1 }],
      [undefined, 1, { tag: "some", val: { tag: "none" } }],
    ],
    [{ kind: "own", resource: { name: "r", interface: null } }, [{}, new Map()], [undefined, "r", 1]],
  ];

  test.each(cases)("%j", (type, accepted, rejected) => {
    for (const value of accepted) expect(faultOf(() => checkValue(type, value))).toBeNull();
    for (const value of rejected)
      expect(faultOf(() => checkValue(type, value))).toBeInstanceOf(WitValueError);
  });
});

/** The value with each of its parts, itself included, replaced by a symbol. Payloads that are undefined stay. */
function replacements(value: unknown, path = ""): { path: string; replaced: unknown }[] {
  const own = { path, replaced: Symbol("wrong") as unknown };
  if (Array.isArray(value)) {
    const inner = value.flatMap((item, index) =>
      replacements(item, `${path}[${index}]`).map((part) => ({
        path: part.path,
        replaced: value.with(index, part.replaced) as unknown,
      })),
    );
    return [own, ...inner];
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [own];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    replacements(item, `${path}.${key}`).map((part) => ({
      path: part.path,
      replaced: { ...value, [key]: part.replaced } as unknown,
    })),
  );
  return [own, ...inner];
}
