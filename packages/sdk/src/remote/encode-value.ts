import type { WitNode, WitValue } from "golem:rpc/types@0.2.0";

import { flagKey, type TypeNode } from "./wit-type.ts";
import { primitiveNode } from "./primitive-node.ts";
import { pathTo, WitValueError } from "./wit-value-error.ts";

/** Builds the list of nodes that `golem:rpc/types.wit-value` is; node 0 is the value itself. @throws WitValueError */
export function encodeValue(type: TypeNode, value: unknown): WitValue {
  const nodes: WitNode[] = [];
  new Encoder(nodes).add(type, value, "");
  return { nodes };
}

class Encoder {
  readonly #nodes: WitNode[];

  constructor(nodes: WitNode[]) {
    this.#nodes = nodes;
  }

  /** Adds a value and all in it, and tells the index of its node. */
  add(type: TypeNode, value: unknown, path: string): number {
    const index = this.#nodes.length;
    // Keeps the place: a node precedes those that it refers to.
    this.#nodes.push({ tag: "prim-bool", val: false });
    this.#nodes[index] = this.#node(type, value, path);
    return index;
  }

  #node(type: TypeNode, value: unknown, path: string): WitNode {
    const fail = (): never => {
      throw new WitValueError(
        "encodeValue",
        path,
        type.kind === "primitive" ? type.primitive : type.kind,
        value,
      );
    };
    switch (type.kind) {
      case "primitive":
        return primitiveNode(type.primitive, value) ?? fail();
      case "record": {
        const record = isObject(value) ? value : fail();
        const fields = type.fields.map((field) =>
          this.add(field.type, record[field.key], pathTo(path, field.key)),
        );
        return { tag: "record-value", val: Int32Array.from(fields) };
      }
      case "list": {
        const elements = isList(value) ? Array.from(value) : fail();
        const indices = elements.map((element, at) => this.add(type.element, element, `${path}[${at}]`));
        return { tag: "list-value", val: Int32Array.from(indices) };
      }
      case "tuple": {
        const items = isList(value) && value.length === type.items.length ? value : fail();
        const indices = type.items.map((item, at) => this.add(item, items[at], `${path}[${at}]`));
        return { tag: "tuple-value", val: Int32Array.from(indices) };
      }
      case "option":
        return {
          tag: "option-value",
          val: value === undefined ? undefined : this.add(type.some, value, path),
        };
      case "result": {
        const { tag, val } = isTagged(value) ? value : fail();
        if (tag !== "ok" && tag !== "err") return fail();
        return { tag: "result-value", val: { tag, val: this.#payload(type[tag], val, pathTo(path, tag)) } };
      }
      case "variant": {
        const { tag, val } = isTagged(value) ? value : fail();
        const at = type.cases.findIndex(({ name }) => name === tag);
        if (at < 0) return fail();
        return {
          tag: "variant-value",
          val: [at, this.#payload(type.cases[at]?.type, val, pathTo(path, tag))],
        };
      }
      case "enum": {
        const at = typeof value === "string" ? type.names.indexOf(value) : -1;
        return at < 0 ? fail() : { tag: "enum-value", val: at };
      }
      case "flags": {
        const flags = isObject(value) ? value : fail();
        return { tag: "flags-value", val: type.names.map((name) => flags[flagKey(name)] === true) };
      }
    }
  }

  #payload(type: TypeNode | undefined, value: unknown, path: string): number | undefined {
    return type && this.add(type, value, path);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

function isTagged(value: unknown): value is { readonly tag: string; readonly val?: unknown } {
  return isObject(value) && typeof value["tag"] === "string";
}
