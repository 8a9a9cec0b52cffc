import type { WitType } from "../model.ts";

/** A type as an error message names it: its WIT name, or the WIT that it is made of. */
export function describeType(type: WitType): string {
  switch (type.kind) {
    case "list":
      return `list<${describeType(type.element)}>`;
    case "tuple":
      return `tuple<${type.items.map(describeType).join(", ")}>`;
    case "option":
      return `option<${describeType(type.some)}>`;
    case "result":
      return `result<${type.ok ? describeType(type.ok) : "_"}, ${type.err ? describeType(type.err) : "_"}>`;
    case "record":
    case "variant":
    case "enum":
    case "flags":
      return type.name === null ? type.kind : `${type.kind} ${type.name}`;
    case "own":
    case "borrow":
      return `${type.kind}<${type.resource.name}>`;
    default:
      return type.kind;
  }
}

const longestQuote = 40;

/** A JavaScript value as an error message shows it: scalars in full up to 40 characters, anything else by its kind. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value);
    case "bigint":
      return `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : describeObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  if (typeof name === "string" && name !== "Object") return `a ${name}`;
  const keys = Object.keys(value);
  return keys.length === 0
    ? "{}"
    : `an object with ${keys.slice(0, 5).join(", ")}${keys.length > 5 ? ", …" : ""}`;
}
