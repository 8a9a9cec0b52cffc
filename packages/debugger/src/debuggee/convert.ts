import { camelCase, listOf, taggedCases, type WitResource, type WitType } from "@golem-kit/wit";

/** How a resource passes between the program, which has objects, and the host, to which they are numbers. */
export type ConvertResource = (resource: WitResource, value: unknown, ownership: "own" | "borrow") => unknown;

/**
 * What arrives of a program's value when it goes through the memory of a component: numbers that are cut to their size, the
 * fields that the type has, all flags.
 *
 * @param resource makes a number of an object
 * @throws TypeError for what the bindings of a component refuse, in their words
 */
export function lower(type: WitType | null, value: unknown, resource: ConvertResource): unknown {
  if (type === null) return undefined;
  switch (type.kind) {
    case "bool":
      return Boolean(value);
    case "s64":
    case "u64":
      return (listOf(type, [BigInt(value as bigint | number)]) as BigInt64Array)[0];
    case "f64":
      return Number(value);
    case "f32":
    case "s8":
    case "s16":
    case "s32":
    case "u8":
    case "u16":
    case "u32":
      return (listOf(type, [value]) as Int32Array)[0];
    case "char":
    case "string":
      return String(value).toWellFormed();
    case "enum":
      if (!type.cases.includes(String(value)))
        throw new TypeError(`"${String(value)}" is not one of the cases of ${type.name ?? "enum"}`);
      return String(value);
    case "flags": {
      const flags = objectOf(value);
      const names = type.names.map(camelCase);
      return Object.fromEntries(names.map((name) => [name, Boolean(flags[name])]));
    }
    case "list":
      if (ArrayBuffer.isView(value)) return structuredClone(value);
      return listOf(
        type.element,
        Array.from(value as Iterable<unknown>, (item) => lower(type.element, item, resource)),
      );
    default:
      return convertParts(type, value, (part, given) => lower(part, given, resource), resource);
  }
}

/**
 * What a program is given of a value from the host.
 *
 * @param resource makes an object of a number
 */
export function lift(type: WitType | null, value: unknown, resource: ConvertResource): unknown {
  if (type === null) return undefined;
  if (type.kind === "list")
    return Array.isArray(value) ? value.map((item) => lift(type.element, item, resource)) : value;
  return convertParts(type, value, (part, given) => lift(part, given, resource), resource);
}

/** @param convert does the same with a part */
function convertParts(
  type: WitType,
  value: unknown,
  convert: (type: WitType | null, value: unknown) => unknown,
  resource: ConvertResource,
): unknown {
  const cases = taggedCases(type);
  if (cases !== undefined) return convertCase(type, cases, objectOf(value), convert);
  switch (type.kind) {
    case "own":
    case "borrow":
      return resource(type.resource, value, type.kind);
    case "option":
      return value === undefined || value === null ? undefined : convert(type.some, value);
    case "tuple":
      return type.items.map((item, at) => convert(item, (value as readonly unknown[])[at]));
    case "record": {
      const record = objectOf(value);
      const fields = type.fields.map((field) => [camelCase(field.name), field.type] as const);
      return Object.fromEntries(fields.map(([name, part]) => [name, convert(part, record[name])]));
    }
    default:
      return value;
  }
}

function convertCase(
  type: WitType,
  cases: ReadonlyMap<string, WitType | null>,
  { tag, val }: Readonly<Record<string, unknown>>,
  convert: (type: WitType | null, value: unknown) => unknown,
): unknown {
  const payload = cases.get(String(tag));
  if (payload === undefined)
    throw new TypeError(`invalid variant tag value ${JSON.stringify(tag)} specified for ${describe(type)}`);
  // A result always has a `val`.
  return payload === null && type.kind !== "result" ? { tag } : { tag, val: convert(payload, val) };
}

function describe(type: WitType): string {
  return "name" in type && type.name !== null ? `\`${type.name}\`` : type.kind;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if ((typeof value === "object" && value !== null) || typeof value === "function")
    return value as Readonly<Record<string, unknown>>;
  throw new TypeError(`expected an object, found ${typeof value}`);
}
