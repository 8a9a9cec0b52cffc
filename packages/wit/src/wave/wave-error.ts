/** A text that is not the WAVE notation of a value of the wanted type. */
export class WaveError extends Error {
  override readonly name = "WaveError";
  /** Counts from 0, in UTF-16 units. */
  readonly offset: number;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in UTF-16 units. */
  readonly column: number;
  readonly expected: string;
  readonly found: string;

  constructor(text: string, offset: number, expected: string, found: string) {
    const before = text.slice(0, offset).split("\n");
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    super(`${line}:${column}: expected ${expected}, found ${found}`);
    this.offset = offset;
    this.line = line;
    this.column = column;
    this.expected = expected;
    this.found = found;
  }
}
