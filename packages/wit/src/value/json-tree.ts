/** JSON in memory. Integers that a `number` cannot hold exactly are `bigint`. */
export type JsonTree =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonTree[]
  | { readonly [key: string]: JsonTree };

/** What TypeScript's library does not declare yet: the source text of numbers, and numbers written verbatim. */
const exactJson = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): JsonTree;
  rawJSON(text: string): object;
};

/** Such a run of digits may be more than a `number` holds. */
const mayBeLarge = /\d{16}/;
const integer = /^-?\d+$/;

/**
 * Reads JSON. Integers beyond 2^53 become `bigint` instead of losing digits.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseJson(text: string): JsonTree {
  if (!mayBeLarge.test(text)) return JSON.parse(text) as JsonTree;
  return exactJson.parse(text, (_key, value, { source = "" }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && integer.test(source)
      ? BigInt(source)
      : value,
  );
}

/**
 * Writes JSON. `bigint` becomes a number with all its digits, and −0 keeps its sign.
 *
 * @param indent spaces a level; none writes one line
 */
export function stringifyJson(tree: JsonTree, indent?: number): string {
  return JSON.stringify(
    tree,
    (_key, value: unknown) => {
      if (typeof value === "bigint") return exactJson.rawJSON(String(value));
      return Object.is(value, -0) ? exactJson.rawJSON("-0.0") : value;
    },
    indent,
  );
}
