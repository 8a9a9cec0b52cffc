const escapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** What each letter after a backslash stands for. */
export const escapedChars: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["'", "'"],
]);

/** Writes text between quotes; control characters become `\u{…}`. */
export function quoteWave(text: string, quote: '"' | "'"): string {
  const body = Array.from(text, (char) => {
    if (char === quote) return `\\${char}`;
    return escapes.get(char) ?? (/\p{Cc}/u.test(char) ? `\\u{${char.codePointAt(0)?.toString(16)}}` : char);
  });
  return `${quote}${body.join("")}${quote}`;
}

const keywords: ReadonlySet<string> = new Set(["true", "false", "inf", "nan", "some", "none", "ok", "err"]);

/** The name of a case as WAVE writes it: with `%` when it would be read as a keyword. */
export function waveLabel(name: string): string {
  return keywords.has(name) ? `%${name}` : name;
}
