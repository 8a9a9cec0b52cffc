const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Looks at names before the platform does, which would take two of them for one.
 *
 * @param refuse makes the error
 */
export function refuseLoneSurrogates(names: Iterable<string>, refuse: (reason: string) => Error): void {
  for (const name of names) {
    const half = findLoneSurrogate(name);
    if (half !== undefined) {
      throw refuse(
        `${JSON.stringify(name)} has ${half}, which the store cannot say. Cut texts between characters`,
      );
    }
  }
}

/**
 * Half of a surrogate pair, which UTF-8 and so the platform cannot say: it would arrive as U+FFFD.
 *
 * @returns what an error message says of it: `half of a character (U+D800) at 3`
 */
export function findLoneSurrogate(text: string): string | undefined {
  const match = HALF.exec(text);
  if (match === null) return undefined;
  return `half of a character (U+${text.charCodeAt(match.index).toString(16).toUpperCase()}) at ${match.index}`;
}
