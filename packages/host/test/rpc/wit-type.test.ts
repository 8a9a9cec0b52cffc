import { expect, test } from "vitest";

import { typeFromWit, type WitTypeTree } from "../../src/ground/wit/wit-type.ts";

const PRIMITIVES = [
  "bool",
  "s8",
  "s16",
  "s32",
  "s64",
  "u8",
  "u16",
  "u32",
  "u64",
  "f32",
  "f64",
  "char",
  "string",
];

test.each(PRIMITIVES)("prim-%s-type is a primitive", (kind) => {
  expect(typeFromWit({ nodes: [{ tag: `prim-${kind}-type` }] })).toEqual({ kind });
});

const U8 = { tag: "prim-u8-type" };
const u8 = { kind: "u8" };

test.each([
  [
    { tag: "list-type", val: 1 },
    { kind: "list", element: u8 },
  ],
  [
    { tag: "option-type", val: 1 },
    { kind: "option", some: u8 },
  ],
  [
    { tag: "tuple-type", val: Int32Array.of(1, 1) },
    { kind: "tuple", items: [u8, u8] },
  ],
  [
    { tag: "result-type", val: [1, undefined] },
    { kind: "result", ok: u8, err: null },
  ],
  [
    { tag: "record-type", val: [["a-b", 1]] },
    { kind: "record", name: null, fields: [{ name: "a-b", type: u8 }] },
  ],
  [
    {
      tag: "variant-type",
      val: [
        ["some", 1],
        ["other", undefined],
      ],
    },
    {
      kind: "variant",
      name: null,
      cases: [
        { name: "some", type: u8 },
        { name: "other", type: null },
      ],
    },
  ],
  [
    { tag: "enum-type", val: ["a", "b"] },
    { kind: "enum", name: null, cases: ["a", "b"] },
  ],
  [
    { tag: "flags-type", val: ["a", "b"] },
    { kind: "flags", name: null, names: ["a", "b"] },
  ],
  [
    { tag: "handle-type", val: [7n, "owned"] },
    { kind: "own", resource: { name: "7", interface: null } },
  ],
])("$tag is read with its parts", (node, type) => {
  expect(typeFromWit({ nodes: [node, U8] })).toEqual(type);
});

test.each<[string, WitTypeTree, RegExp]>([
  [
    "names a node that is not there",
    { nodes: [{ tag: "list-type", val: 5 }] },
    /names node 5, but has 1 node/,
  ],
  ["contains itself", { nodes: [{ tag: "list-type", val: 0 }] }, /types deep/],
  ["has a node of another kind", { nodes: [{ tag: "map-type" }] }, /map-type is no kind/],
])("a type that %s is refused", (_, tree, message) => {
  expect(() => typeFromWit(tree)).toThrow(message);
});
