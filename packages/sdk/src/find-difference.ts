/**
 * Where two values are not the same, in all that they hold.
 *
 * @returns the path to the first difference: `tea[2].at`, `""` for the values themselves; `undefined` if there is none
 */
export function findDifference(one: unknown, other: unknown): string | undefined {
  return compare(one, other, new Map())?.replace(/^\./, "");
}

/** @param met what is being compared with what, around this: circles end there */
function compare(one: unknown, other: unknown, met: ReadonlyMap<unknown, unknown>): string | undefined {
  if (Object.is(one, other)) return undefined;
  if (!isObject(one) || !isObject(other)) return "";
  if (met.has(one)) return met.get(one) === other ? undefined : "";
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return "";
  const within = new Map(met).set(one, other);
  const parts = partsOf(one);
  const others = partsOf(other);
  for (let at = 0; at < Math.max(parts.length, others.length); at += 1) {
    const [step, part] = parts[at] ?? [others[at]?.[0] ?? ""];
    const otherPart = others[at];
    if (at >= parts.length || otherPart?.[0] !== step) return step;
    const below = compare(part, otherPart[1], within);
    if (below !== undefined) return step + below;
  }
  return undefined;
}

/** Everything that makes an object what it is, with the step of a path to it. */
function partsOf(value: object): readonly (readonly [step: string, part: unknown])[] {
  const own = Object.keys(value)
    .toSorted()
    .map((key) => [isNaN(Number(key)) ? `.${key}` : `[${key}]`, Reflect.get(value, key)] as const);
  if (value instanceof Date) return [["", value.getTime()], ...own];
  if (value instanceof Map) {
    const entries = Array.from(value as Map<unknown, unknown>);
    const keys = entries.map(([key], index) => [`.keys()[${index}]`, key] as const);
    return [...keys, ...entries.map(([key, each]) => [`.get(${String(key)})`, each] as const), ...own];
  }
  if (value instanceof Set) {
    return [...Array.from(value, (each, index) => [`.values()[${index}]`, each] as const), ...own];
  }
  if (value instanceof Error) return [[".message", value.message], [".cause", value.cause], ...own];
  if (value instanceof URL || value instanceof RegExp) return [["", String(value)], ...own];
  if (value instanceof ArrayBuffer) return [["", new Uint8Array(value)]];
  return own;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
