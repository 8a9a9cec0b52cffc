/** A value as an error message quotes it, on one line. */
export function describeValue(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  try {
    // The declared type hides that JSON has no word for some values.
    const json = JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "bigint" ? `${inner}n` : inner,
    ) as string | undefined;
    return json ?? "undefined";
  } catch {
    return "an object with a circle in it";
  }
}
