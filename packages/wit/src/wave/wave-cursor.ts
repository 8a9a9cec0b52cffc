import { WaveError } from "./wave-error.ts";
import { escapedChars } from "./wave-text.ts";

const space = /(?:\s|\/\/[^\n]*)*/y;
const label = /%?[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*/y;
const number = /-?(?:inf\b|nan\b|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
const unicodeEscape = /u\{([0-9A-Fa-f]{1,6})\}/y;
/** What an error message quotes of the text: a word, a quoted text, or one character. */
const excerpt = /"(?:[^"\\\n]|\\.){0,30}"?|[%\w.-]{1,30}|[^]/uy;

/** A reading position in a WAVE text. Space and comments between tokens are skipped. */
export class WaveCursor {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skipSpace();
  }

  /** Takes the sign if it comes next. */
  take(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#offset)) return false;
    this.#advance(sign.length);
    return true;
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw this.error(`\`${sign}\``);
  }

  expectEnd(): void {
    if (this.#offset < this.#text.length) throw this.error("the end of the value");
  }

  /** The next word without taking it; `%` is kept. */
  peekLabel(): string | undefined {
    return this.#match(label);
  }

  /** Takes a word. `wanted` is what an error message asks for. */
  label(wanted: string): string {
    const found = this.#match(label);
    if (found === undefined) throw this.error(wanted);
    this.#advance(found.length);
    return found.replace("%", "");
  }

  /** Takes a number, `inf` or `nan`, as it is written. */
  number(wanted: string): string {
    const found = this.#match(number);
    if (found === undefined) throw this.error(wanted);
    this.#advance(found.length);
    return found;
  }

  /** Takes a quoted text. */
  quoted(quote: '"' | "'", wanted: string): string {
    if (this.#text[this.#offset] !== quote) throw this.error(wanted);
    const start = this.#offset;
    let offset = start + 1;
    let content = "";
    while (this.#text[offset] !== quote) {
      const char = this.#text[offset];
      if (char === undefined || char === "\n")
        throw new WaveError(this.#text, start, wanted, `no closing ${quote}`);
      if (char === "\\") {
        const escape = this.#escape(offset + 1);
        content += escape.char;
        offset = escape.end;
      } else {
        content += char;
        offset += 1;
      }
    }
    this.#advance(offset + 1 - start);
    return content;
  }

  /** Takes items up to the closing sign; commas separate them, and one may follow the last. */
  items(close: string, item: (index: number) => void): void {
    for (let index = 0; !this.take(close); index += 1) {
      if (index > 0) {
        this.expect(",");
        if (this.take(close)) return;
      }
      item(index);
    }
  }

  /** The current place, to go back to with {@link error}. */
  get offset(): number {
    return this.#offset;
  }

  error(expected: string, offset = this.#offset): WaveError {
    return new WaveError(this.#text, offset, expected, this.#excerptAt(offset));
  }

  #escape(offset: number): { readonly char: string; readonly end: number } {
    const char = escapedChars.get(this.#text[offset] ?? "");
    if (char !== undefined) return { char, end: offset + 1 };
    unicodeEscape.lastIndex = offset;
    const [written, digits] = unicodeEscape.exec(this.#text) ?? [];
    const code = digits === undefined ? NaN : Number.parseInt(digits, 16);
    if (written === undefined || !(code <= 0x10ffff)) {
      throw new WaveError(
        this.#text,
        offset - 1,
        "an escape (\\\\ \\n \\r \\t \\\" \\' \\u{…})",
        `\\${this.#excerptAt(offset)}`,
      );
    }
    return { char: String.fromCodePoint(code), end: offset + written.length };
  }

  #excerptAt(offset: number): string {
    excerpt.lastIndex = offset;
    const found = excerpt.exec(this.#text)?.[0];
    return found === undefined ? "the end of the text" : `\`${found}\``;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    return pattern.exec(this.#text)?.[0];
  }

  #advance(length: number): void {
    this.#offset += length;
    this.#skipSpace();
  }

  #skipSpace(): void {
    this.#offset += this.#match(space)?.length ?? 0;
  }
}
