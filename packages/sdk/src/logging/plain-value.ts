import type { JsonValue } from "../codec.ts";
import { errorText } from "./error-text.ts";

/**
 * A value as JSON can say it. What JSON has no word for becomes a text: bigints and numbers that are not finite their
 * digits, errors their text, an object within itself `[circular]`. Never fails, whatever it is given.
 */
export function plainValue(value: unknown, around: readonly object[] = []): JsonValue | undefined {
  switch (typeof value) {
    case "bigint":
    case "symbol":
      return String(value);
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "function":
      return `[function ${value.name}]`;
    case "object":
      return value === null ? null : plainObject(value, around);
    case "string":
    case "boolean":
      return value;
    case "undefined":
      return undefined;
  }
}

function plainObject(value: object, around: readonly object[]): JsonValue {
  if (around.includes(value)) return "[circular]";
  const inner = (each: unknown): JsonValue | undefined => plainValue(each, [...around, value]);
  const all = (values: Iterable<unknown>): JsonValue => Array.from(values, (each) => inner(each) ?? null);
  try {
    if (Error.isError(value)) return errorText(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toJSON();
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Map || value instanceof Set) return all(value);
    if (Array.isArray(value)) return all(value);
    if ("toJSON" in value && typeof value.toJSON === "function") return inner(value.toJSON()) ?? null;
    return Object.fromEntries(Object.keys(value).map((key) => [key, inner(memberOf(value, key))]));
  } catch (error) {
    return `[unreadable: ${String(error)}]`;
  }
}

function memberOf(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key);
  } catch (error) {
    return error;
  }
}
