import { bytesToBase64 } from "./base64.ts";
import {
  type Entries,
  ERRORS,
  type ErrorName,
  type NumberArrayName,
  NUMBER_ARRAYS,
  TAG,
  type TaggedValue,
} from "./tagged-value.ts";
import { UnwritableValueError } from "./unwritable-value-error.ts";

/** Values that are deeper have no end, or nobody reads them. */
const DEEPEST = 500;

/** Where a value is, from the inside out. */
interface Place {
  readonly within: Place | undefined;
  readonly step: string;
  readonly depth: number;
  readonly value: object;
}

/**
 * A value as JSON from which the same value is read again. What JSON can say is written as `JSON.stringify` does; properties
 * without a value are left out. Dates, maps, sets, bigints, `undefined`, all numbers, arrays of numbers, addresses, regular
 * expressions and the language's errors are marked.
 *
 * @throws UnwritableValueError for functions, symbols, circles, objects of other classes, and what is more than 500 levels deep
 */
export function writeJson(value: unknown): string {
  return JSON.stringify(marked(value, undefined, ""));
}

/** What JSON can say is returned as it is, without a copy. */
function marked(value: unknown, within: Place | undefined, step: string): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : mark({ [TAG]: "number", of: Object.is(value, -0) ? "-0" : String(value) });
    case "bigint":
      return mark({ [TAG]: "bigint", of: String(value) });
    case "undefined":
      return mark({ [TAG]: "undefined" });
    case "object":
      return value === null ? null : markedObject(value, inside(value, within, step));
    default:
      throw new UnwritableValueError(pathOf(within, step), `is a ${typeof value}`);
  }
}

function inside(value: object, within: Place | undefined, step: string): Place {
  const depth = (within?.depth ?? 0) + 1;
  if (depth > DEEPEST) throw new UnwritableValueError(pathOf(within, step), "is too deep");
  for (let place = within; place !== undefined; place = place.within) {
    if (place.value === value) throw new UnwritableValueError(pathOf(within, step), "contains itself");
  }
  return { within, step, depth, value };
}

function markedObject(value: object, place: Place): unknown {
  if (Array.isArray(value)) return markedElements(value, place);
  const prototype = Object.getPrototypeOf(value) as {
    readonly constructor: { readonly name: string };
  } | null;
  // Objects of the platform have another `Object.prototype` than the program's.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return markedRecord(value, place);
  const { name } = prototype.constructor;
  const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
  // The engine's addresses do not say what they are.
  const isItsKind = kind === name || value instanceof URL;
  const write = kind === "Error" ? writeError : isItsKind ? WRITERS.get(name) : undefined;
  const written = write?.(value as never, place, name);
  if (written !== undefined) return written;
  throw new UnwritableValueError(pathOf(place.within, place.step), `is an object of the class ${name}`);
}

/** Holes are values that are not there: `undefined`. */
function markedElements(values: readonly unknown[], place: Place): readonly unknown[] {
  const written = Array.from(values, (each, index) => marked(each, place, `[${index}]`));
  return written.every((each, index) => each === values[index]) ? values : written;
}

function markedRecord(value: object, place: Place): unknown {
  const entries = markedEntries(value, place);
  return Object.hasOwn(value, TAG) ? mark({ [TAG]: "object", of: entries }) : Object.fromEntries(entries);
}

function markedEntries(value: object, place: Place): Entries {
  const [symbol] = Object.getOwnPropertySymbols(value);
  if (symbol !== undefined) {
    throw new UnwritableValueError(pathOf(place.within, place.step), `has the key ${String(symbol)}`);
  }
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => [key, marked(each, place, stepTo(key))]);
}

/** Writes an object of a class; nothing if it would not come back as what it is. */
type Writer<T> = (value: T, place: Place, className: string) => TaggedValue | undefined;

const WRITERS: ReadonlyMap<string, Writer<never>> = new Map<string, Writer<never>>([
  ["Date", writeDate],
  ["Map", writeMap],
  ["Set", writeSet],
  ["URL", ({ href }: URL) => ({ [TAG]: "url", of: href })],
  ["RegExp", ({ source, flags }: RegExp) => ({ [TAG]: "regexp", of: [source, flags] })],
  ["ArrayBuffer", (value: ArrayBuffer) => ({ [TAG]: "buffer", of: bytesToBase64(new Uint8Array(value)) })],
  ["Uint8Array", (value: Uint8Array) => ({ [TAG]: "bytes", of: bytesToBase64(value) })],
  ...Object.keys(NUMBER_ARRAYS).map((name): [string, Writer<never>] => [
    name,
    (value: Iterable<number | bigint>, place) => ({
      [TAG]: name as NumberArrayName,
      of: Array.from(value, (each, index) => marked(each, place, `[${index}]`)),
    }),
  ]),
]);

function writeDate(value: Date): TaggedValue {
  return { [TAG]: "date", of: Number.isNaN(value.getTime()) ? null : value.toISOString() };
}

function writeMap(value: ReadonlyMap<unknown, unknown>, place: Place): TaggedValue {
  const entries = Array.from(value, ([key, each], index) => {
    const found = typeof key === "string" ? `.get(${JSON.stringify(key)})` : `.values()[${index}]`;
    return [marked(key, place, `.keys()[${index}]`), marked(each, place, found)] as const;
  });
  return { [TAG]: "map", of: entries };
}

function writeSet(value: ReadonlySet<unknown>, place: Place): TaggedValue {
  return { [TAG]: "set", of: Array.from(value, (each, index) => marked(each, place, `.values()[${index}]`)) };
}

function writeError(value: Error, place: Place, className: string): TaggedValue | undefined {
  if (!isErrorName(className)) return undefined;
  const hidden = ["message", "stack", "cause", "errors"].filter((key) => Object.hasOwn(value, key));
  const fields = hidden.map((key) => {
    return [key, marked(Reflect.get(value, key), place, stepTo(key))] as const;
  });
  return { [TAG]: "error", of: [className, [...fields, ...markedEntries(value, place)]] };
}

function isErrorName(name: string): name is ErrorName {
  return name === "AggregateError" || Object.hasOwn(ERRORS, name);
}

/** Checks the form of what is written. */
function mark(value: TaggedValue): TaggedValue {
  return value;
}

function pathOf(within: Place | undefined, step: string): string {
  const steps = [step];
  for (let place = within; place !== undefined; place = place.within) steps.unshift(place.step);
  return steps.join("").replace(/^\./, "");
}

function stepTo(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
