import type { PrimitiveKind, WitType } from "@golem-kit/wit";

import { bool, list, option, record, result, tuple, u32, u64, variant } from "./wit-types.ts";

const NODE_INDEX: WitType = { kind: "s32" };

const PRIMITIVES: readonly PrimitiveKind[] = ["u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64"];

/** `golem:rpc/types.wit-value`: a value of any type, as a tree in a list. */
export const WIT_VALUE: WitType = record({
  nodes: list(
    variant({
      "record-value": list(NODE_INDEX),
      "variant-value": tuple(u32, option(NODE_INDEX)),
      "enum-value": u32,
      "flags-value": list(bool),
      "tuple-value": list(NODE_INDEX),
      "list-value": list(NODE_INDEX),
      "option-value": option(NODE_INDEX),
      "result-value": result(option(NODE_INDEX), option(NODE_INDEX)),
      ...Object.fromEntries(PRIMITIVES.map((kind) => [`prim-${kind}`, { kind }])),
      "prim-float32": { kind: "f32" },
      "prim-float64": { kind: "f64" },
      "prim-char": { kind: "char" },
      "prim-bool": bool,
      "prim-string": { kind: "string" },
      handle: tuple(record({ value: "string" }), u64),
    }),
  ),
});
