import type { WitType } from "../model.ts";
import { isScalarValue } from "./char.ts";
import { describeType, describeValue } from "./describe.ts";
import { type JsonTree, stringifyJson as text } from "./json-tree.ts";
import { type IntegerKind, integerRanges } from "./numbers.ts";
import { type ValuePath, WitValueError } from "./value-error.ts";

export function readInteger(kind: IntegerKind, json: JsonTree, path: ValuePath): bigint {
  const number = typeof json === "bigint" ? json : readNumber(json, path);
  const { min, max } = integerRanges[kind];
  if (number < min || number > max || number === Infinity) {
    throw new WitValueError(path, {
      expected: `${kind}, an integer from ${min} to ${max}`,
      found: describeValue(json),
      details: `value ${text(json)} is not within the range of ${min} to ${max}`,
    });
  }
  return typeof number === "bigint" ? number : BigInt(Math.trunc(number));
}

export function readU64(json: JsonTree, path: ValuePath): bigint {
  if (typeof json !== "number" && typeof json !== "bigint") return refuseKind("u64", json, path);
  const integer = typeof json === "bigint" || Number.isInteger(json) ? BigInt(json) : -1n;
  if (integer >= 0n && integer <= integerRanges.u64.max) return integer;
  throw new WitValueError(path, {
    expected: `u64, an integer from 0 to ${integerRanges.u64.max}`,
    found: describeValue(json),
    details: `Cannot convert ${text(json)} to u64`,
  });
}

export function readNumber(json: JsonTree, path: ValuePath): number {
  return typeof json === "number" || typeof json === "bigint"
    ? Number(json)
    : refuseKind("number", json, path);
}

export function readF32(json: JsonTree, path: ValuePath): number {
  const number = Math.fround(readNumber(json, path));
  if (Number.isFinite(number)) return number;
  const max = BigInt(2 ** 128 - 2 ** 104);
  throw new WitValueError(path, {
    expected: "a finite f32",
    found: describeValue(json),
    details: `value ${text(json)} is not within the range of -${max} to ${max}`,
  });
}

export function readChar(json: JsonTree, path: ValuePath): string {
  if (typeof json !== "number" || !Number.isInteger(json) || json < 0) return refuseKind("char", json, path);
  if (isScalarValue(json)) return String.fromCodePoint(json);
  throw new WitValueError(path, {
    expected: "a char, the number of a Unicode scalar value",
    found: describeValue(json),
    details: "Invalid char value",
  });
}

export function labelOf(labels: readonly string[], given: JsonTree, path: ValuePath): string {
  if (typeof given === "string" && labels.includes(given)) return given;
  throw new WitValueError(path, {
    expected: `one of ${labels.join(", ")}`,
    found: describeValue(given),
    details:
      typeof given === "string"
        ? `Invalid input ${given}. Valid values are ${labels.join(",")}`
        : `Input ${text(given)} is not string`,
  });
}

/** Golem names what it found by its JSON kind only. */
export function refuseKind(expected: string, json: JsonTree, path: ValuePath): never {
  throw new WitValueError(path, {
    expected,
    found: describeValue(json),
    details: `expected ${expected}, found ${jsonKind(json)}`,
  });
}

export function refuse(type: WitType, json: JsonTree, path: ValuePath, details: string): never {
  throw new WitValueError(path, { expected: describeType(type), found: describeValue(json), details });
}

function jsonKind(json: JsonTree): string {
  if (json === null) return "null";
  if (isArray(json)) return "list";
  if (typeof json === "bigint") return "number";
  return typeof json === "object" ? "record" : typeof json;
}

export function isArray(json: JsonTree): json is readonly JsonTree[] {
  return Array.isArray(json);
}

export function isObject(json: JsonTree): json is { readonly [key: string]: JsonTree } {
  return typeof json === "object" && json !== null && !isArray(json);
}
