/** A value as an error message quotes it, on one line. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return spelled(value);
  try {
    // The declared type hides that an object may say itself that JSON has no word for it.
    const json = JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "bigint" || typeof inner === "number" ? wordFor(inner) : inner,
    ) as string | undefined;
    return json ?? "undefined";
  } catch {
    return "an object with a circle in it";
  }
}

function spelled(value: unknown): string {
  return typeof value === "bigint" ? `${value}n` : String(value);
}

/** JSON has no word for bigints and for numbers that are not finite. */
function wordFor(value: bigint | number): string | number {
  return typeof value === "number" && Number.isFinite(value) ? value : spelled(value);
}
