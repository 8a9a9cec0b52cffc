import type { WitNode } from "golem:rpc/types@0.2.0";

import type { PrimitiveKind } from "./wit-type.ts";

const RANGES: Readonly<Partial<Record<PrimitiveKind, readonly [bigint, bigint]>>> = {
  u8: [0n, 0xffn],
  u16: [0n, 0xffffn],
  u32: [0n, 0xffff_ffffn],
  u64: [0n, 2n ** 64n - 1n],
  s8: [-0x80n, 0x7fn],
  s16: [-0x8000n, 0x7fffn],
  s32: [-0x8000_0000n, 0x7fff_ffffn],
  s64: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** The node of a primitive; `undefined` for a value that is not of the type. */
export function primitiveNode(kind: PrimitiveKind, value: unknown): WitNode | undefined {
  switch (kind) {
    case "bool":
      return typeof value === "boolean" ? { tag: "prim-bool", val: value } : undefined;
    case "string":
      return typeof value === "string" ? { tag: "prim-string", val: value } : undefined;
    case "char":
      return typeof value === "string" && Array.from(value).length === 1
        ? { tag: "prim-char", val: value }
        : undefined;
    case "float32":
    case "float64":
      return typeof value === "number" ? { tag: `prim-${kind}`, val: value } : undefined;
    case "u64":
    case "s64":
      return typeof value === "bigint" && isWithin(kind, value)
        ? { tag: `prim-${kind}`, val: value }
        : undefined;
    default:
      return typeof value === "number" && Number.isInteger(value) && isWithin(kind, BigInt(value))
        ? { tag: `prim-${kind}`, val: value }
        : undefined;
  }
}

function isWithin(kind: PrimitiveKind, value: bigint): boolean {
  const [least, greatest] = RANGES[kind] ?? [value, value];
  return value >= least && value <= greatest;
}
