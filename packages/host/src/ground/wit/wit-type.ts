import type { PrimitiveKind, WitType } from "@golem-kit/wit";

/** A `golem:rpc/types.wit-type`: nodes name each other by their index, the first one is the type itself. */
export interface WitTypeTree {
  readonly nodes: readonly WitTypeNode[];
}

interface WitTypeNode {
  readonly tag: string;
  readonly val?: unknown;
}

const PRIMITIVES: ReadonlyMap<string, PrimitiveKind> = new Map<string, PrimitiveKind>([
  ["prim-bool-type", "bool"],
  ["prim-s8-type", "s8"],
  ["prim-s16-type", "s16"],
  ["prim-s32-type", "s32"],
  ["prim-s64-type", "s64"],
  ["prim-u8-type", "u8"],
  ["prim-u16-type", "u16"],
  ["prim-u32-type", "u32"],
  ["prim-u64-type", "u64"],
  ["prim-f32-type", "f32"],
  ["prim-f64-type", "f64"],
  ["prim-char-type", "char"],
  ["prim-string-type", "string"],
]);

/** The most types that are inside each other: a type that contains itself would have no end. */
const DEEPEST = 256;

/** A `wit-type` as a type of the model. @throws TypeError if it is none */
export function typeFromWit({ nodes }: WitTypeTree): WitType {
  return read(nodes, 0, 0);
}

function read(nodes: readonly WitTypeNode[], index: number, depth: number): WitType {
  const node = nodes[index];
  if (node === undefined)
    throw new TypeError(`A wit-type names node ${index}, but has ${nodes.length} nodes`);
  if (depth > DEEPEST) throw new TypeError(`A wit-type is more than ${DEEPEST} types deep`);
  const { tag, val } = node;
  const kind = PRIMITIVES.get(tag);
  if (kind !== undefined) return { kind };
  const part = (at: number): WitType => read(nodes, at, depth + 1);
  const optional = (at: number | undefined): WitType | null => (at === undefined ? null : part(at));
  switch (tag) {
    case "record-type": {
      const fields = (val as readonly [string, number][]).map(([name, at]) => ({ name, type: part(at) }));
      return { kind: "record", name: null, fields };
    }
    case "variant-type": {
      const cases = (val as readonly [string, number | undefined][]).map(([name, at]) => ({
        name,
        type: optional(at),
      }));
      return { kind: "variant", name: null, cases };
    }
    case "enum-type":
      return { kind: "enum", name: null, cases: val as readonly string[] };
    case "flags-type":
      return { kind: "flags", name: null, names: val as readonly string[] };
    case "tuple-type":
      return { kind: "tuple", items: Array.from(val as Iterable<number>, part) };
    case "list-type":
      return { kind: "list", element: part(Number(val)) };
    case "option-type":
      return { kind: "option", some: part(Number(val)) };
    case "result-type": {
      const [ok, err] = val as readonly [number | undefined, number | undefined];
      return { kind: "result", ok: optional(ok), err: optional(err) };
    }
    case "handle-type": {
      const [id, mode] = val as readonly [bigint, string];
      return {
        kind: mode === "owned" ? "own" : "borrow",
        resource: { name: String(id), interface: null },
      };
    }
    default:
      throw new TypeError(`${tag} is no kind of wit-type node`);
  }
}
