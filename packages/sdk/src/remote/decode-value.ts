import type { WitNode, WitValue } from "golem:rpc/types@0.2.0";

import { flagKey, type TypeNode } from "./wit-type.ts";
import { pathTo, WitValueError } from "./wit-value-error.ts";

/** The value behind nodes of a type, in the form of the bindings. @throws WitValueError */
export function decodeValue(type: TypeNode, { nodes }: WitValue): unknown {
  return new Decoder(nodes).read(type, 0, "");
}

/** The result of a function that has one: Golem answers with a tuple of it. @throws WitValueError */
export function decodeResult(type: TypeNode, { nodes }: WitValue): unknown {
  const [answer] = nodes;
  const index = answer?.tag === "tuple-value" ? answer.val[0] : undefined;
  return new Decoder(nodes).read(type, index ?? -1, "");
}

class Decoder {
  readonly #nodes: readonly WitNode[];

  constructor(nodes: readonly WitNode[]) {
    this.#nodes = nodes;
  }

  read(type: TypeNode, index: number, path: string): unknown {
    const node = this.#nodes[index];
    switch (type.kind) {
      case "primitive":
        if (node?.tag === `prim-${type.primitive}`) return node.val;
        break;
      case "record":
        if (node?.tag !== "record-value") break;
        return Object.fromEntries(
          type.fields.map(({ key, type: field }, at) => [
            key,
            this.read(field, node.val[at] ?? -1, pathTo(path, key)),
          ]),
        );
      case "list": {
        if (node?.tag !== "list-value") break;
        const elements = Array.from(node.val, (at, position) =>
          this.read(type.element, at, `${path}[${position}]`),
        );
        return isBytes(type) ? Uint8Array.from(elements as number[]) : elements;
      }
      case "tuple":
        if (node?.tag !== "tuple-value") break;
        return type.items.map((item, at) => this.read(item, node.val[at] ?? -1, `${path}[${at}]`));
      case "option":
        if (node?.tag !== "option-value") break;
        return node.val === undefined ? undefined : this.read(type.some, node.val, path);
      case "result":
        if (node?.tag !== "result-value") break;
        return {
          tag: node.val.tag,
          val: this.#payload(type[node.val.tag], node.val.val, pathTo(path, node.val.tag)),
        };
      case "variant": {
        const chosen = node?.tag === "variant-value" ? type.cases[node.val[0]] : undefined;
        if (node?.tag !== "variant-value" || chosen === undefined) break;
        if (chosen.type === undefined) return { tag: chosen.name };
        return { tag: chosen.name, val: this.#payload(chosen.type, node.val[1], pathTo(path, chosen.name)) };
      }
      case "enum": {
        const name = node?.tag === "enum-value" ? type.names[node.val] : undefined;
        if (name === undefined) break;
        return name;
      }
      case "flags":
        if (node?.tag !== "flags-value") break;
        return Object.fromEntries(type.names.map((name, at) => [flagKey(name), node.val[at] === true]));
    }
    const expected = type.kind === "primitive" ? type.primitive : type.kind;
    throw new WitValueError("decodeValue", path, expected, node?.tag);
  }

  #payload(type: TypeNode | undefined, index: number | undefined, path: string): unknown {
    return type && this.read(type, index ?? -1, path);
  }
}

function isBytes(type: TypeNode): boolean {
  return type.kind === "list" && type.element.kind === "primitive" && type.element.primitive === "u8";
}
