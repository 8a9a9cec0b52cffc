import { printValue } from "../describe-entry.ts";

/**
 * What two undisturbed runs have in common. What differs between them (times, random numbers, generated keys) may differ
 * in any run; the rest may not.
 */
export type Expectation =
  | { readonly kind: "same"; readonly value: unknown }
  | { readonly kind: "varies"; readonly types: readonly string[] }
  | { readonly kind: "list"; readonly items: readonly Expectation[] }
  | {
      readonly kind: "object";
      readonly known: ReadonlyMap<string, Expectation>;
      /** Members whose names vary, in their order. */
      readonly others: readonly Expectation[];
    };

export interface Difference {
  /** Where, e.g. `keyValue.stock.tea`. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** In the place of what is not there: `undefined` is a value. */
const NOTHING = "nothing";

type Members = Readonly<Record<string, unknown>>;

export function learn(first: unknown, second: unknown): Expectation {
  if (Array.isArray(first) && Array.isArray(second) && first.length === second.length)
    return { kind: "list", items: first.map((item, at) => learn(item, second[at])) };
  if (isObject(first) && isObject(second)) {
    const names = Object.keys(first).filter((name) => Object.hasOwn(second, name));
    const [others, otherOnes] = [membersBeside(first, names), membersBeside(second, names)];
    if (others.length === otherOnes.length) {
      return {
        kind: "object",
        known: new Map(names.map((name) => [name, learn(first[name], second[name])])),
        others: others.map((member, at) => learn(member, otherOnes[at])),
      };
    }
  }
  if (Object.is(first, second)) return { kind: "same", value: first };
  return { kind: "varies", types: [...new Set([typeOf(first), typeOf(second)])] };
}

/** Where the two runs differed; `…` stands for a name that varies. */
export function variablePaths(expected: Expectation, path = ""): readonly string[] {
  switch (expected.kind) {
    case "same":
      return [];
    case "varies":
      return [path];
    case "list":
      return expected.items.flatMap((item, at) => variablePaths(item, `${path}[${at}]`));
    case "object":
      return [
        ...[...expected.known].flatMap(([name, member]) => variablePaths(member, memberPath(path, name))),
        ...(expected.others.length > 0 ? [memberPath(path, "…")] : []),
      ];
  }
}

export function differences(expected: Expectation, found: unknown, path = ""): readonly Difference[] {
  switch (expected.kind) {
    case "same":
      return Object.is(expected.value, found) ? [] : [difference(path, printValue(expected.value), found)];
    case "varies":
      return expected.types.includes(typeOf(found)) ? [] : [difference(path, describe(expected), found)];
    case "list":
      if (!Array.isArray(found)) return [difference(path, "a list", found)];
      return [
        ...expected.items.flatMap((item, at) =>
          at < found.length
            ? differences(item, found[at], `${path}[${at}]`)
            : [missing(`${path}[${at}]`, describe(item))],
        ),
        ...found
          .slice(expected.items.length)
          .map((item, at) => difference(`${path}[${expected.items.length + at}]`, NOTHING, item)),
      ];
    case "object":
      return isObject(found)
        ? memberDifferences(expected, found, path)
        : [difference(path, "an object", found)];
  }
}

function memberDifferences(
  { known, others }: Extract<Expectation, { kind: "object" }>,
  found: Members,
  path: string,
): readonly Difference[] {
  const at = (name: string): string => memberPath(path, name);
  const more = membersBeside(found, [...known.keys()]);
  const names = Object.keys(found).filter((name) => !known.has(name));
  return [
    ...[...known].flatMap(([name, member]) =>
      Object.hasOwn(found, name)
        ? differences(member, found[name], at(name))
        : [missing(at(name), describe(member))],
    ),
    ...others.flatMap((member, index) =>
      index < more.length
        ? differences(member, more[index], at(names[index] ?? ""))
        : [missing(at("…"), `one more: ${describe(member)}`)],
    ),
    ...more
      .slice(others.length)
      .map((member, index) => difference(at(names[others.length + index] ?? ""), NOTHING, member)),
  ];
}

function memberPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function difference(path: string, expected: string, found: unknown): Difference {
  return { path, expected, found: printValue(found) };
}

function missing(path: string, expected: string): Difference {
  return { path, expected, found: NOTHING };
}

function describe(expected: Expectation): string {
  switch (expected.kind) {
    case "same":
      return printValue(expected.value);
    case "varies":
      return `any ${expected.types.join(" or ")}`;
    case "list":
      return `[${expected.items.map(describe).join(", ")}]`;
    case "object":
      return `{${[...expected.known].map(([name, member]) => `${name}: ${describe(member)}`).join(", ")}}`;
  }
}

function membersBeside(object: Members, names: readonly string[]): readonly unknown[] {
  return Object.entries(object).flatMap(([name, member]) => (names.includes(name) ? [] : [member]));
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value;
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
