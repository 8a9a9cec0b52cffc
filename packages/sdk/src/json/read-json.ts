import { bytesFromBase64 } from "./base64.ts";
import { type Entries, ERRORS, NUMBER_ARRAYS, TAG } from "./tagged-value.ts";

/**
 * The value that {@link writeJson} has written, or that anybody else has as JSON: what bears no mark of ours is read as
 * `JSON.parse` reads it.
 *
 * @throws SyntaxError for what is not JSON
 */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return text.includes(`"${TAG}"`) ? unmarked(value) : value;
}

/** Makes the value of what stands beside a mark; `undefined` if that is nothing that we write. */
type Reader = (of: unknown) => { readonly value: unknown } | undefined;

const READERS: ReadonlyMap<unknown, Reader> = new Map<string, Reader>([
  ["undefined", () => ({ value: undefined })],
  ["bigint", ofText((text) => BigInt(text))],
  ["number", ofText(Number)],
  ["bytes", readBytes],
  ["buffer", ofText((text) => bytesFromBase64(text).buffer)],
  ["date", readDate],
  ["map", ofPairs((pairs) => new Map(pairs))],
  ["set", ofList((values) => new Set(values))],
  ["url", ofText((text) => new URL(text))],
  ["regexp", ofList(([source, flags]) => new RegExp(String(source), String(flags)))],
  ["error", ofList(([name, fields]) => errorOf(String(name), fields as Entries))],
  ["object", ofPairs((pairs) => Object.fromEntries(pairs as [string, unknown][]))],
  ...Object.entries(NUMBER_ARRAYS).map(([name, array]): [string, Reader] => [
    name,
    ofList((elements) => Reflect.construct(array, [elements]) as unknown),
  ]),
]);

function unmarked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unmarked);
  const read = isMarked(value) ? markedValue(value[TAG], value.of) : undefined;
  if (read !== undefined) return read.value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unmarked(each)]));
}

/** Others may write objects with a key `$`, as former versions of this package did. */
function isMarked(value: object): value is { readonly [TAG]: unknown; readonly of?: unknown } {
  const count = Object.keys(value).length;
  return Object.hasOwn(value, TAG) && (count === 1 || (count === 2 && Object.hasOwn(value, "of")));
}

function markedValue(mark: unknown, of: unknown): { readonly value: unknown } | undefined {
  try {
    return READERS.get(mark)?.(of);
  } catch {
    return undefined; // a bigint, an address or an expression of somebody else
  }
}

function ofText(read: (text: string) => unknown): Reader {
  return (of) => (typeof of === "string" ? { value: read(of) } : undefined);
}

function ofList(read: (values: readonly unknown[]) => unknown): Reader {
  return (of) => (Array.isArray(of) ? { value: read(of.map(unmarked)) } : undefined);
}

function ofPairs(read: (pairs: readonly (readonly [unknown, unknown])[]) => unknown): Reader {
  return ofList((pairs) => read(pairs as [unknown, unknown][]));
}

function readBytes(of: unknown): { readonly value: unknown } | undefined {
  if (Array.isArray(of)) return { value: Uint8Array.from(of as number[]) };
  return typeof of === "string" ? { value: bytesFromBase64(of) } : undefined;
}

function readDate(of: unknown): { readonly value: unknown } | undefined {
  if (of === null) return { value: new Date(Number.NaN) };
  return typeof of === "string" ? { value: new Date(of) } : undefined;
}

function errorOf(name: string, entries: Entries): Error {
  const known: Readonly<Record<string, ErrorConstructor>> = ERRORS;
  const error = name === "AggregateError" ? new AggregateError([]) : new (known[name] ?? Error)();
  for (const [key, value] of entries) {
    const enumerable = !["message", "stack", "cause", "errors"].includes(key);
    Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true });
  }
  return error;
}
