const closing: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/**
 * Splits a text that begins with `(` into the raw arguments up to its `)` and what follows: commas count only outside of
 * quotes and inner brackets. `null` when the brackets are not closed.
 */
export function splitArguments(
  text: string,
): { readonly arguments: readonly string[]; readonly rest: string } | null {
  const open: string[] = [];
  const parts: string[] = [];
  let start = 1;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === '"' || char === "'") {
      index = closingQuote(text, index);
    } else if (closing.has(char)) {
      open.push(closing.get(char) ?? "");
    } else if (char === "," && open.length === 1) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    } else if (char === open.at(-1)) {
      open.pop();
      if (open.length > 0) continue;
      const last = text.slice(start, index).trim();
      return {
        arguments: last === "" && parts.length === 0 ? [] : [...parts, last],
        rest: text.slice(index + 1),
      };
    }
  }
  return null;
}

function closingQuote(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === text[start]) return index;
  }
  return text.length;
}
