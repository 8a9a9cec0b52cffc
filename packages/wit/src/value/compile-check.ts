import type { WitType } from "../model.ts";
import { camelCase } from "./camel-case.ts";
import { checkValue } from "./check-value.ts";
import { isWitChar } from "./char.ts";
import { integerRanges, isNumberKind, isTypedArray, typedArrayName } from "./numbers.ts";
import { taggedCases } from "./tagged-cases.ts";

type Predicate = (value: unknown) => boolean;

/**
 * Prepares {@link checkValue} for one type. A right value costs a few comparisons a part;
 * only a wrong one is walked again, to say what is wrong with it and where.
 *
 * @param root what error messages call the value, e.g. a parameter's name
 * @throws WitValueError from the returned function
 */
export function compileCheck(type: WitType, root = "value"): (value: unknown) => void {
  const accepts = compile(type);
  return (value) => {
    if (!accepts(value)) checkValue(type, value, root);
  };
}

function compile(type: WitType): Predicate {
  switch (type.kind) {
    case "bool":
      return (value) => typeof value === "boolean";
    case "s8":
    case "s16":
    case "s32":
    case "u8":
    case "u16":
    case "u32": {
      const min = Number(integerRanges[type.kind].min);
      const max = Number(integerRanges[type.kind].max);
      return (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
    }
    case "s64":
    case "u64": {
      const { min, max } = integerRanges[type.kind];
      return (value) => typeof value === "bigint" && value >= min && value <= max;
    }
    case "f32":
    case "f64":
      return (value) => typeof value === "number";
    case "char":
      return isWitChar;
    case "string":
      return (value) => typeof value === "string" && value.isWellFormed();
    case "list":
      return compileList(type.element);
    case "tuple":
      return compileTuple(type.items.map(compile));
    case "record":
      return compileRecord(type.fields.map((field) => [camelCase(field.name), compile(field.type)]));
    case "enum": {
      const cases = new Set<unknown>(type.cases);
      return (value) => cases.has(value);
    }
    case "flags":
      return compileFlags(new Set(type.names.map(camelCase)));
    case "variant":
    case "result":
      return compileCases(taggedCases(type));
    case "option": {
      const cases = taggedCases(type);
      if (cases !== undefined) return compileCases(cases);
      const some = compile(type.some);
      return (value) => value === undefined || some(value);
    }
    case "own":
    case "borrow":
      return isObject;
  }
}

function compileList(element: WitType): Predicate {
  const item = compile(element);
  const array: Predicate = (value) => {
    if (!Array.isArray(value)) return false;
    for (let index = 0; index < value.length; index += 1) if (!item(value[index])) return false;
    return true;
  };
  if (!isNumberKind(element.kind)) return array;
  const name = typedArrayName(element.kind);
  if (element.kind === "u8") return (value) => isTypedArray(value, name);
  return (value) => isTypedArray(value, name) || array(value);
}

function compileTuple(items: readonly Predicate[]): Predicate {
  return (value) =>
    Array.isArray(value) && value.length === items.length && items.every((item, index) => item(value[index]));
}

function compileRecord(fields: readonly (readonly [string, Predicate])[]): Predicate {
  return (value) => {
    if (!isObject(value)) return false;
    for (const [key, accepts] of fields) if (!accepts(value[key])) return false;
    return true;
  };
}

function compileCases(cases: ReadonlyMap<string, WitType | null>): Predicate {
  const payloads = new Map<unknown, Predicate>(
    Array.from(cases, ([name, type]) => [name, type === null ? isUndefined : compile(type)]),
  );
  return (value) => isObject(value) && (payloads.get(value["tag"])?.(value["val"]) ?? false);
}

function compileFlags(names: ReadonlySet<string>): Predicate {
  return (value) => {
    if (!isObject(value)) return false;
    for (const key of Object.keys(value)) {
      const flag = value[key];
      if (!names.has(key) || (typeof flag !== "boolean" && flag !== undefined)) return false;
    }
    return true;
  };
}

function isUndefined(value: unknown): boolean {
  return value === undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
