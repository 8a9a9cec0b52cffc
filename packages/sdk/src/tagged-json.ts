/** Deeper values have a circle, or nobody reads them. */
const DEEPEST = 100;
/** Marks what JSON has no word for; an object that has this key itself is marked too. */
const TAG = "$";

/**
 * A value as JSON that also says bigints, bytes, `undefined` and all numbers: for what this package records by itself.
 * Functions and symbols become `undefined`.
 *
 * @throws RangeError for a value that is too deep, or has a circle
 */
export function toTaggedJson(value: unknown): string {
  return JSON.stringify(tagged(value, 0));
}

/** What {@link toTaggedJson} has written. */
export function fromTaggedJson(text: string): unknown {
  return untagged(JSON.parse(text));
}

function tagged(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) throw new RangeError(`The value is more than ${DEEPEST} levels deep`);
  switch (typeof value) {
    case "bigint":
      return { [TAG]: "bigint", of: value.toString() };
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { [TAG]: "number", of: Object.is(value, -0) ? "-0" : String(value) };
    case "string":
    case "boolean":
      return value;
    case "object":
      return value === null ? null : taggedObject(value, depth);
    default:
      return { [TAG]: "undefined" };
  }
}

function taggedObject(value: object, depth: number): unknown {
  if (Array.isArray(value)) return value.map((each) => tagged(each, depth + 1));
  if (value instanceof Uint8Array) return { [TAG]: "bytes", of: [...value] };
  const entries = Object.entries(value).map(([key, each]) => [key, tagged(each, depth + 1)] as const);
  return TAG in value ? { [TAG]: "object", of: entries } : Object.fromEntries(entries);
}

type Tagged =
  | { readonly [TAG]: "bigint" | "number"; readonly of: string }
  | { readonly [TAG]: "bytes"; readonly of: readonly number[] }
  | { readonly [TAG]: "object"; readonly of: readonly (readonly [string, unknown])[] }
  | { readonly [TAG]: "undefined" };

function untagged(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(untagged);
  if (!(TAG in value)) return fromEntries(Object.entries(value));
  const tag = value as Tagged;
  switch (tag[TAG]) {
    case "bigint":
      return BigInt(tag.of);
    case "number":
      return Number(tag.of);
    case "bytes":
      return Uint8Array.from(tag.of);
    case "object":
      return fromEntries(tag.of);
    case "undefined":
      return undefined;
  }
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries.map(([key, each]) => [key, untagged(each)]));
}
