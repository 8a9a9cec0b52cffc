import { plainValue } from "./plain-value.ts";

/**
 * What is worth knowing beside a message; written after it as JSON: errors as their text with their causes, bigints as
 * decimal strings, an object within itself as `[circular]`.
 *
 * @example
 * ```ts
 * const fields: LogFields = { sku: "tea", left: 3n, cause: new Error("no answer") };
 * ```
 */
export type LogFields = Readonly<Record<string, unknown>>;

/** The JSON of several, of which later ones win; `undefined` if there are none. Never fails for what it is given. */
export function describeFields(...parts: readonly (LogFields | undefined)[]): string | undefined {
  const fields: LogFields = Object.assign({}, ...parts.map((part) => plainValue(part)));
  return Object.keys(fields).length === 0 ? undefined : JSON.stringify(fields);
}
