import { camelCase, taggedCases, type WitResource, type WitType } from "@golem-kit/wit";

/** Replaces one resource inside a value. */
export type ResourceMapper = (resource: WitResource, value: unknown, ownership: "own" | "borrow") => unknown;

export type ValueMapper = (value: unknown) => unknown;

/**
 * Makes a function that replaces every resource inside a value of `type`; `null` if such a value has none, so that
 * values without resources cost nothing.
 */
export function resourceMapper(type: WitType | null, map: ResourceMapper): ValueMapper | null {
  if (type === null) return null;
  const cases = taggedCases(type);
  if (cases !== undefined) return taggedMapper(cases, map);
  switch (type.kind) {
    case "own":
    case "borrow":
      return (value) => map(type.resource, value, type.kind === "own" ? "own" : "borrow");
    case "list": {
      const element = resourceMapper(type.element, map);
      return element && ((value) => arrayOf(value).map(element));
    }
    case "option": {
      const some = resourceMapper(type.some, map);
      if (some === null) return null;
      return (value) => (value === undefined || value === null ? undefined : some(value));
    }
    case "tuple": {
      const items = type.items.map((item) => resourceMapper(item, map));
      if (items.every((item) => item === null)) return null;
      return (value) => arrayOf(value).map((item, index) => items[index]?.(item) ?? item);
    }
    case "record": {
      const fields = type.fields.map(
        (field) => [camelCase(field.name), resourceMapper(field.type, map)] as const,
      );
      const mapped = fields.filter((field) => field[1] !== null);
      if (mapped.length === 0) return null;
      return (value) => {
        const copy: Record<string, unknown> = { ...objectOf(value) };
        for (const [name, mapper] of mapped) copy[name] = mapper?.(copy[name]);
        return copy;
      };
    }
    default:
      return null;
  }
}

function taggedMapper(cases: ReadonlyMap<string, WitType | null>, map: ResourceMapper): ValueMapper | null {
  const mappers = new Map(Array.from(cases, ([name, type]) => [name, resourceMapper(type, map)]));
  if (mappers.values().every((mapper) => mapper === null)) return null;
  return (value) => {
    const { tag, val } = objectOf(value);
    const mapper = mappers.get(String(tag));
    return mapper ? { tag, val: mapper(val) } : value;
  };
}

function arrayOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`Expected an array, found ${typeof value}`);
  return value;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`Expected an object, found ${typeof value}`);
  return value as Readonly<Record<string, unknown>>;
}
