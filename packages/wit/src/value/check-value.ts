import type { WitType } from "../model.ts";
import { camelCase } from "./camel-case.ts";
import { isWitChar } from "./char.ts";
import { describeType, describeValue } from "./describe.ts";
import { type IntegerKind, integerRanges, isNumberKind, isTypedArray, typedArrayName } from "./numbers.ts";
import { taggedCases } from "./tagged-cases.ts";
import { type ValuePath, WitValueError, rootPath } from "./value-error.ts";

/**
 * Checks that a JavaScript value is one of a WIT type. Records may have further properties and lack options; flags may
 * lack flags, but have no unknown ones; a handle is any object. Use {@link compileCheck} where the same type is checked often.
 *
 * @param root what error messages call the value, e.g. a parameter's name
 * @throws WitValueError for the first part that is wrong
 */
export function checkValue(type: WitType, value: unknown, root = "value"): void {
  check(type, value, rootPath(root));
}

function check(type: WitType, value: unknown, path: ValuePath): void {
  switch (type.kind) {
    case "bool":
      return expect(typeof value === "boolean", "a boolean", value, path);
    case "s8":
    case "s16":
    case "s32":
    case "u8":
    case "u16":
    case "u32":
      return expect(
        Number.isInteger(value) && inRange(type.kind, BigInt(value as number)),
        `${type.kind}, an integer ${rangeText(type.kind)}`,
        value,
        path,
      );
    case "s64":
    case "u64":
      return expect(
        typeof value === "bigint" && inRange(type.kind, value),
        `${type.kind}, a bigint ${rangeText(type.kind)}`,
        value,
        path,
      );
    case "f32":
    case "f64":
      return expect(typeof value === "number", `${type.kind}, a number`, value, path);
    case "char":
      return expect(isWitChar(value), "a char, a string of one code point", value, path);
    case "string":
      expect(typeof value === "string", "a string", value, path);
      return expect((value as string).isWellFormed(), "a string without lone surrogates", value, path);
    case "list":
      return checkList(type.element, value, path);
    case "tuple":
      return checkTuple(type, value, path);
    case "record":
      return checkRecord(type, value, path);
    case "enum":
      return expect(type.cases.includes(value as string), `one of ${quoted(type.cases)}`, value, path);
    case "flags":
      return checkFlags(type, value, path);
    case "variant":
    case "result":
      return checkCases(type, taggedCases(type), value, path);
    case "option": {
      const cases = taggedCases(type);
      if (cases !== undefined) return checkCases(type, cases, value, path);
      return value === undefined ? undefined : check(type.some, value, path);
    }
    case "own":
    case "borrow":
      objectOf(type, value, path);
  }
}

function checkList(element: WitType, value: unknown, path: ValuePath): void {
  if (isNumberKind(element.kind)) {
    const name = typedArrayName(element.kind);
    if (isTypedArray(value, name)) return;
    // A plain array of bytes would be read as if it were a buffer, and arrive empty.
    const expected = element.kind === "u8" ? `a ${name}` : `a ${name} or an array of ${element.kind}`;
    expect(element.kind !== "u8" && Array.isArray(value), expected, value, path);
  }
  expect(Array.isArray(value), `an array of ${describeType(element)}`, value, path);
  // `forEach` would skip holes, which are no values.
  const items = value as readonly unknown[];
  for (let index = 0; index < items.length; index += 1) {
    check(element, items[index], { parent: path, step: { kind: "index", index } });
  }
}

function checkTuple(type: WitType & { kind: "tuple" }, value: unknown, path: ValuePath): void {
  expect(
    Array.isArray(value) && value.length === type.items.length,
    `an array of ${type.items.length}`,
    value,
    path,
  );
  for (const [index, item] of type.items.entries()) {
    check(item, (value as readonly unknown[])[index], { parent: path, step: { kind: "index", index } });
  }
}

function checkRecord(type: WitType & { kind: "record" }, value: unknown, path: ValuePath): void {
  const record = objectOf(type, value, path);
  for (const field of type.fields) {
    const name = camelCase(field.name);
    check(field.type, record[name], { parent: path, step: { kind: "field", name } });
  }
}

function checkCases(
  type: WitType,
  cases: ReadonlyMap<string, WitType | null>,
  value: unknown,
  path: ValuePath,
): void {
  const { tag, val } = objectOf(type, value, path);
  const tagPath: ValuePath = { parent: path, step: { kind: "field", name: "tag" } };
  const valPath: ValuePath = { parent: path, step: { kind: "payload", name: "val" } };
  const payload = cases.get(tag as string);
  if (payload === undefined)
    throw new WitValueError(tagPath, {
      expected: `one of ${quoted([...cases.keys()])}`,
      found: describeValue(tag),
    });
  if (payload === null) return expect(val === undefined, `no payload for "${String(tag)}"`, val, valPath);
  check(payload, val, valPath);
}

function checkFlags(type: WitType & { kind: "flags" }, value: unknown, path: ValuePath): void {
  const flags = objectOf(type, value, path);
  const names = type.names.map(camelCase);
  for (const [name, flag] of Object.entries(flags)) {
    const flagPath: ValuePath = { parent: path, step: { kind: "field", name } };
    expect(names.includes(name), `one of the flags ${quoted(names)}`, name, flagPath);
    expect(typeof flag === "boolean" || flag === undefined, "a boolean", flag, flagPath);
  }
}

function objectOf(type: WitType, value: unknown, path: ValuePath): Readonly<Record<string, unknown>> {
  expect(typeof value === "object" && value !== null, `${describeType(type)}, an object`, value, path);
  return value as Record<string, unknown>;
}

function expect(condition: boolean, expected: string, value: unknown, path: ValuePath): void {
  if (!condition) throw new WitValueError(path, { expected, found: describeValue(value) });
}

function inRange(kind: IntegerKind, value: bigint): boolean {
  return value >= integerRanges[kind].min && value <= integerRanges[kind].max;
}

function rangeText(kind: IntegerKind): string {
  return `from ${integerRanges[kind].min} to ${integerRanges[kind].max}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
