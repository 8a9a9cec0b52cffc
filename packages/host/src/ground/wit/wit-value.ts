import { camelCase, isTaggedOption, type WitType } from "@golem-kit/wit";

/** One node of a `golem:rpc/types.wit-value`; other nodes are named by their index in the list. */
export interface WitNode {
  readonly tag: string;
  readonly val?: unknown;
}

/** A `golem:rpc/types.wit-value`: a value without its type. The first node is the value itself. */
export interface WitValue {
  readonly nodes: readonly WitNode[];
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  bool: "prim-bool",
  s8: "prim-s8",
  s16: "prim-s16",
  s32: "prim-s32",
  s64: "prim-s64",
  u8: "prim-u8",
  u16: "prim-u16",
  u32: "prim-u32",
  u64: "prim-u64",
  f32: "prim-float32",
  f64: "prim-float64",
  char: "prim-char",
  string: "prim-string",
};

/** A JavaScript value of `type` as a `wit-value`. */
export function witFromValue(type: WitType, value: unknown): WitValue {
  const nodes: WitNode[] = [];
  addNode(nodes, type, value);
  return { nodes };
}

/** Appends the node of a value, then those it is made of, and returns its index. */
function addNode(nodes: WitNode[], type: WitType, value: unknown): number {
  const index = nodes.push({ tag: "prim-bool", val: false }) - 1;
  nodes[index] = nodeOf(nodes, type, value);
  return index;
}

function nodeOf(nodes: WitNode[], type: WitType, value: unknown): WitNode {
  const optional = (inner: WitType | null, val: unknown): number | undefined =>
    inner === null ? undefined : addNode(nodes, inner, val);
  switch (type.kind) {
    case "record": {
      const fields = type.fields.map((field) =>
        addNode(nodes, field.type, Reflect.get(objectOf(value), camelCase(field.name))),
      );
      return { tag: "record-value", val: Int32Array.from(fields) };
    }
    case "tuple": {
      const given = value as readonly unknown[];
      return {
        tag: "tuple-value",
        val: Int32Array.from(type.items, (item, at) => addNode(nodes, item, given[at])),
      };
    }
    case "list":
      return {
        tag: "list-value",
        val: Int32Array.from(value as Iterable<unknown>, (item) => addNode(nodes, type.element, item)),
      };
    case "option": {
      const { present, val } = optionOf(type, value);
      return { tag: "option-value", val: present ? addNode(nodes, type.some, val) : undefined };
    }
    case "result": {
      const { tag, val } = taggedOf(value);
      return { tag: "result-value", val: { tag, val: optional(tag === "ok" ? type.ok : type.err, val) } };
    }
    case "variant": {
      const { tag, val } = taggedOf(value);
      const at = type.cases.findIndex((each) => each.name === tag);
      return { tag: "variant-value", val: [at, optional(type.cases[at]?.type ?? null, val)] };
    }
    case "enum":
      return { tag: "enum-value", val: type.cases.indexOf(String(value)) };
    case "flags":
      return {
        tag: "flags-value",
        val: type.names.map((name) => Reflect.get(objectOf(value), camelCase(name)) === true),
      };
    case "own":
    case "borrow":
      return { tag: "handle", val: [{ value: "" }, BigInt(Number(Reflect.get(objectOf(value), "handle")))] };
    default:
      return { tag: PRIMITIVES[type.kind] ?? type.kind, val: value };
  }
}

/** A `wit-value` as a JavaScript value of `type`. @throws TypeError where it does not fit */
export function valueFromWit(type: WitType, { nodes }: WitValue): unknown {
  return read(nodes, 0, type);
}

function read(nodes: readonly WitNode[], index: number, type: WitType): unknown {
  const node = nodes[index];
  const expect = (tag: string): unknown => {
    if (node?.tag === tag) return node.val;
    throw new TypeError(
      `Expected ${tag} for a ${type.kind}, found ${node === undefined ? `no node ${index}` : node.tag}`,
    );
  };
  const children = (tag: string): readonly number[] => [...(expect(tag) as Iterable<number>)];
  switch (type.kind) {
    case "record": {
      const fields = children("record-value");
      return Object.fromEntries(
        type.fields.map(({ name, type: field }, at) => [
          camelCase(name),
          read(nodes, fields[at] ?? -1, field),
        ]),
      );
    }
    case "tuple": {
      const items = children("tuple-value");
      return type.items.map((item, at) => read(nodes, items[at] ?? -1, item));
    }
    case "list": {
      const items = children("list-value").map((child) => read(nodes, child, type.element));
      return type.element.kind === "u8" ? Uint8Array.from(items as number[]) : items;
    }
    case "option": {
      const child = expect("option-value") as number | undefined;
      const inner = child === undefined ? undefined : read(nodes, child, type.some);
      if (!isTaggedOption(type)) return inner;
      return child === undefined ? { tag: "none" } : { tag: "some", val: inner };
    }
    case "result": {
      const { tag, val } = taggedOf(expect("result-value"));
      return { tag, val: readOptional(nodes, val, tag === "ok" ? type.ok : type.err) };
    }
    case "variant": {
      const [at, child] = expect("variant-value") as readonly [number, unknown];
      const found = type.cases[at];
      if (found === undefined) throw new TypeError(`Expected a case below ${type.cases.length}, found ${at}`);
      return { tag: found.name, val: readOptional(nodes, child, found.type) };
    }
    case "enum": {
      const at = Number(expect("enum-value"));
      const found = type.cases[at];
      if (found === undefined) throw new TypeError(`Expected a case below ${type.cases.length}, found ${at}`);
      return found;
    }
    case "flags": {
      const set = expect("flags-value") as readonly boolean[];
      return Object.fromEntries(type.names.map((name, at) => [camelCase(name), set[at] === true]));
    }
    case "own":
    case "borrow": {
      const [, id] = expect("handle") as readonly [unknown, bigint];
      return { handle: Number(id) };
    }
    default:
      return expect(PRIMITIVES[type.kind] ?? type.kind);
  }
}

function readOptional(nodes: readonly WitNode[], child: unknown, type: WitType | null): unknown {
  return type === null || typeof child !== "number" ? undefined : read(nodes, child, type);
}

function optionOf(type: WitType, value: unknown): { readonly present: boolean; readonly val: unknown } {
  if (!isTaggedOption(type)) return { present: value !== undefined && value !== null, val: value };
  const { tag, val } = taggedOf(value);
  return { present: tag === "some", val };
}

function taggedOf(value: unknown): { readonly tag: string; readonly val: unknown } {
  const tagged = objectOf(value);
  return { tag: String(Reflect.get(tagged, "tag")), val: Reflect.get(tagged, "val") };
}

function objectOf(value: unknown): object {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`Expected an object, found ${typeof value}`);
  return value;
}
