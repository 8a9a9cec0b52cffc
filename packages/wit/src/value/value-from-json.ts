import type { WitType } from "../model.ts";
import { camelCase } from "./camel-case.ts";
import { describeType, describeValue } from "./describe.ts";
import { type JsonTree, stringifyJson as text } from "./json-tree.ts";
import { listOf } from "./numbers.ts";
import {
  isArray,
  isObject,
  labelOf,
  readChar,
  readF32,
  readInteger,
  readNumber,
  readU64,
  refuse,
  refuseKind,
} from "./read-json.ts";
import { isTaggedOption } from "./tagged-option.ts";
import { type ValuePath, WitValueError, rootPath } from "./value-error.ts";

export type HandleType = WitType & { kind: "own" | "borrow" };

export interface ValueFromJsonOptions {
  /**
   * What error messages call the value, e.g. a parameter's name.
   * @default "value"
   */
  readonly root?: string;
  /**
   * Turns a handle's text (`urn:worker:{component}/{worker}/{resource}`) into the object that stands for it.
   * @default handles are refused
   */
  readonly handle?: (urn: string, type: HandleType) => object;
}

/**
 * Reads a value as Golem's REST interface does: see {@link jsonFromValue} for the notation. Further properties of records
 * are ignored, missing options are none, and a fraction given for an integer up to `s64` is cut off.
 *
 * @throws WitValueError with `details` as Golem words them
 */
export function valueFromJson(type: WitType, json: JsonTree, options: ValueFromJsonOptions = {}): unknown {
  return read(type, json, rootPath(options.root ?? "value"), options);
}

function read(type: WitType, json: JsonTree, path: ValuePath, options: ValueFromJsonOptions): unknown {
  switch (type.kind) {
    case "bool":
      return typeof json === "boolean" ? json : refuseKind("bool", json, path);
    case "string":
      return typeof json === "string" ? json : refuseKind("string", json, path);
    case "s64":
      return readInteger(type.kind, json, path);
    case "u64":
      return readU64(json, path);
    case "s8":
    case "s16":
    case "s32":
    case "u8":
    case "u16":
    case "u32":
      return Number(readInteger(type.kind, json, path));
    case "f32":
      return readF32(json, path);
    case "f64":
      return readNumber(json, path);
    case "char":
      return readChar(json, path);
    case "list":
      return listOf(
        type.element,
        arrayOf(type, json, path).map((item, index) => read(type.element, item, at(path, index), options)),
      );
    case "tuple":
      return readTuple(type, json, path, options);
    case "option": {
      if (json === null) return isTaggedOption(type) ? { tag: "none" } : undefined;
      const val = read(type.some, json, path, options);
      return isTaggedOption(type) ? { tag: "some", val } : val;
    }
    case "result":
      return readResult(type, json, path, options);
    case "record":
      return readRecord(type, json, path, options);
    case "variant":
      return readVariant(type, json, path, options);
    case "enum":
      return labelOf(type.cases, json, path);
    case "flags":
      return readFlags(type, json, path);
    case "own":
    case "borrow":
      return readHandle(type, json, path, options);
  }
}

function readTuple(
  type: WitType & { kind: "tuple" },
  json: JsonTree,
  path: ValuePath,
  options: ValueFromJsonOptions,
) {
  const items = arrayOf(type, json, path, " representing tuple");
  if (items.length !== type.items.length) {
    throw new WitValueError(path, {
      expected: `an array of ${type.items.length}`,
      found: describeValue(json),
      details: `The tuple has ${type.items.length} items, but ${text(json)} has ${items.length}`,
    });
  }
  return type.items.map((item, index) => read(item, items[index] ?? null, at(path, index), options));
}

function readRecord(
  type: WitType & { kind: "record" },
  json: JsonTree,
  path: ValuePath,
  options: ValueFromJsonOptions,
) {
  if (!isObject(json)) return refuse(type, json, path, `The input ${text(json)} is not a json object`);
  const record: Record<string, unknown> = {};
  for (const { name, type: fieldType } of type.fields) {
    const given = property(json, name);
    if (given === undefined && fieldType.kind !== "option") {
      throw new WitValueError(path, {
        expected: `${describeType(type)} with the key '${name}'`,
        found: describeValue(json),
        details: `key '${name}' not found`,
      });
    }
    record[camelCase(name)] = read(
      fieldType,
      given ?? null,
      { parent: path, step: { kind: "field", name } },
      options,
    );
  }
  return record;
}

function readVariant(
  type: WitType & { kind: "variant" },
  json: JsonTree,
  path: ValuePath,
  options: ValueFromJsonOptions,
) {
  if (!isObject(json)) return refuse(type, json, path, `Input ${text(json)} is not an object`);
  const [tag] = Object.keys(json);
  const chosen = type.cases.find((case_) => case_.name === tag);
  if (tag === undefined || chosen === undefined) {
    throw new WitValueError(path, {
      expected: `one of the cases ${type.cases.map((case_) => case_.name).join(", ")}`,
      found: tag ?? "{}",
      details: tag === undefined ? "Zero variants in the input" : `Unknown key ${tag} in the variant`,
    });
  }
  const payload = readPayload(chosen.type, tag, property(json, tag) ?? null, path, options);
  return chosen.type === null ? { tag } : { tag, val: payload };
}

function readResult(
  type: WitType & { kind: "result" },
  json: JsonTree,
  path: ValuePath,
  options: ValueFromJsonOptions,
) {
  for (const tag of ["ok", "err"] as const) {
    const given = isObject(json) ? property(json, tag) : undefined;
    if (given === undefined) continue;
    const payload = readPayload(type[tag], tag, given, path, options);
    return type[tag] === null ? { tag } : { tag, val: payload };
  }
  return refuse(type, json, path, "Failed to retrieve either ok value or err value");
}

function readPayload(
  type: WitType | null,
  tag: string,
  json: JsonTree,
  path: ValuePath,
  options: ValueFromJsonOptions,
) {
  const payloadPath: ValuePath = { parent: path, step: { kind: "payload", name: tag } };
  if (type !== null) return read(type, json, payloadPath, options);
  if (json === null) return undefined;
  throw new WitValueError(payloadPath, {
    expected: "null",
    found: describeValue(json),
    details: `${tag} has no payload, but a JSON value was given`,
  });
}

function readFlags(
  type: WitType & { kind: "flags" },
  json: JsonTree,
  path: ValuePath,
): Record<string, boolean> {
  const set = new Set(arrayOf(type, json, path).map((flag) => labelOf(type.names, flag, path)));
  return Object.fromEntries(type.names.map((name) => [camelCase(name), set.has(name)]));
}

function readHandle(
  type: HandleType,
  json: JsonTree,
  path: ValuePath,
  options: ValueFromJsonOptions,
): object {
  const expected = "handle, represented by a worker-url/resource-id string";
  if (typeof json !== "string") return refuseKind(expected, json, path);
  if (options.handle === undefined || !/\/\d+$/.test(json)) {
    throw new WitValueError(path, { expected, found: json });
  }
  return options.handle(json, type);
}

function arrayOf(type: WitType, json: JsonTree, path: ValuePath, suffix = ""): readonly JsonTree[] {
  return isArray(json) ? json : refuse(type, json, path, `Input ${text(json)} is not an array${suffix}`);
}

function property(json: { readonly [key: string]: JsonTree }, key: string): JsonTree | undefined {
  return Object.hasOwn(json, key) ? json[key] : undefined;
}

function at(parent: ValuePath, index: number): ValuePath {
  return { parent, step: { kind: "index", index } };
}
