import type { WitPosition } from "./ast.ts";
import { WitError } from "./wit-error.ts";

/** `identifier` includes keywords, unless `%` stands before it (`escaped`). */
export type WitTokenKind = "identifier" | "escaped" | "version" | "integer" | "sign" | "end";

export interface WitToken {
  readonly kind: WitTokenKind;
  /** Without the `%` of an escaped identifier; empty at the end of the text. */
  readonly text: string;
  readonly at: WitPosition;
  /** Lines of the ordinary comments before the token that do not share a line with an earlier one. */
  readonly comments?: readonly string[];
  /** Lines of the doc comments before the token. */
  readonly docs?: readonly string[];
}

const VERSION = String.raw`\d+\.\d+\.\d+(?:-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?`;
/** Groups: space, line comment, beginning of a block comment, word, version, integer, sign. */
const LEXEME = new RegExp(
  String.raw`(\s+)|(//.*)|(/\*)|(%?[A-Za-z\u0080-\uffff][\w\u0080-\uffff-]*)|(${VERSION})|(\d+)|(->|[{}()<>:;,.=/@_*])`,
  "y",
);

/**
 * Cuts a text into tokens; the last one is `end`. Linear in the length of the text.
 *
 * @throws WitError at a character that no WIT begins with, and at a block comment without end.
 */
export function tokenize(text: string, file: string): WitToken[] {
  return new Lexer(text, file).run();
}

class Lexer {
  readonly #text: string;
  readonly #file: string;
  readonly #tokens: WitToken[] = [];
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  #comments: string[] = [];
  #docs: string[] = [];

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  run(): WitToken[] {
    const lexeme = new RegExp(LEXEME);
    while (this.#offset < this.#text.length) {
      lexeme.lastIndex = this.#offset;
      const found = lexeme.exec(this.#text);
      if (found === null) {
        const character = String.fromCodePoint(this.#text.codePointAt(this.#offset) ?? 0);
        throw this.#error(`unexpected character \`${character}\``, character);
      }
      const [, space, line, block, word, version, integer, sign] = found;
      if (space !== undefined) this.#advance(space);
      else if (line !== undefined) this.#lineComment(line);
      else if (block !== undefined) this.#blockComment();
      else if (word?.startsWith("%")) this.#push("escaped", word.slice(1), word.length);
      else if (word !== undefined) this.#push("identifier", word);
      else if (version !== undefined) this.#push("version", version);
      else if (integer !== undefined) this.#push("integer", integer);
      else if (sign !== undefined) this.#push("sign", sign);
    }
    this.#push("end", "");
    return this.#tokens;
  }

  #push(kind: WitTokenKind, text: string, length = text.length): void {
    this.#tokens.push({
      kind,
      text,
      at: this.#position(),
      ...(this.#comments.length > 0 && { comments: this.#comments }),
      ...(this.#docs.length > 0 && { docs: this.#docs }),
    });
    if (this.#comments.length > 0) this.#comments = [];
    if (this.#docs.length > 0) this.#docs = [];
    this.#offset += length;
  }

  #lineComment(comment: string): void {
    if (/^\/\/\/(?!\/)/.test(comment)) this.#docs.push(withoutMargin(comment.slice(3)));
    else this.#addComments([withoutMargin(comment.slice(2))]);
    this.#offset += comment.length;
  }

  /** Block comments nest. */
  #blockComment(): void {
    const start = this.#offset;
    const bracket = /\/\*|\*\//g;
    bracket.lastIndex = start;
    let depth = 0;
    do {
      const found = bracket.exec(this.#text);
      if (found === null) throw this.#error("this comment has no `*/`", "/*");
      depth += found[0] === "/*" ? 1 : -1;
    } while (depth > 0);
    const comment = this.#text.slice(start, bracket.lastIndex);
    if (/^\/\*\*(?![*/])/.test(comment)) this.#docs.push(...blockLines(comment.slice(3, -2)));
    else this.#addComments(blockLines(comment.slice(2, -2)));
    this.#advance(comment);
  }

  #addComments(lines: readonly string[]): void {
    if (this.#tokens.at(-1)?.at.line !== this.#line) this.#comments.push(...lines);
  }

  /** Moves over text that may contain line ends. */
  #advance(text: string): void {
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
      this.#line++;
      this.#lineStart = this.#offset + end + 1;
    }
    this.#offset += text.length;
  }

  #position(): WitPosition {
    return { line: this.#line, column: this.#offset - this.#lineStart + 1 };
  }

  #error(problem: string, text: string): WitError {
    return new WitError("syntax", problem, { file: this.#file, at: this.#position(), text });
  }
}

function withoutMargin(line: string): string {
  return line.replace(/^ /, "").trimEnd();
}

/** The lines of a block comment without their leading stars, and without empty lines at either end. */
function blockLines(content: string): string[] {
  const lines = content
    .split("\n")
    .map((line, index) => (index === 0 ? withoutMargin(line) : withoutMargin(line.replace(/^\s*\*?/, ""))));
  const isText = (line: string): boolean => line !== "";
  const first = lines.findIndex(isText);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
}
