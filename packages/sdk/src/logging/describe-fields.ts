/**
 * What is worth knowing beside a message; written after it as JSON: errors as their text, bigints as decimal strings.
 *
 * @example
 * ```ts
 * const fields: LogFields = { sku: "tea", left: 3n, cause: new Error("no answer") };
 * ```
 */
export type LogFields = Readonly<Record<string, unknown>>;

/** Never fails for what it is given. */
export function describeFields(fields: LogFields): string {
  const replacer = (_: string, value: unknown): unknown => {
    if (typeof value === "bigint") return value.toString();
    return value instanceof Error ? String(value) : value;
  };
  try {
    return JSON.stringify(fields, replacer);
  } catch (error) {
    return `(fields not written: ${String(error)})`;
  }
}
