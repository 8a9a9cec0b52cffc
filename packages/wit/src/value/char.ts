/** Whether the value is a `char` of WIT: a string of one Unicode scalar value. */
export function isWitChar(value: unknown): value is string {
  return typeof value === "string" && isOneCodePoint(value) && value.isWellFormed();
}

function isOneCodePoint(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff);
}

/** Whether the number is a Unicode scalar value: a code point that is no surrogate. */
export function isScalarValue(code: number): boolean {
  return Number.isInteger(code) && code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}
