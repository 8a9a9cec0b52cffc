import valid from "semver/functions/valid.js";
import type { WitDeclared, WitDocumented, WitGate, WitPosition } from "./ast.ts";
import { isKeyword } from "./keywords.ts";
import { tokenize, type WitToken } from "./lexer.ts";
import { nearestName } from "./nearest-name.ts";
import { WitError } from "./wit-error.ts";

const LABEL = /^(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?:[a-z0-9]+|[A-Z0-9]+))*$/;

/** An identifier and where it stands. */
export interface WitName {
  readonly name: string;
  readonly at: WitPosition;
}

/** A reading position in a WIT text, with the questions that every rule of the grammar asks. */
export class ParserCursor {
  readonly #file: string;
  readonly #tokens: readonly WitToken[];
  readonly #end: WitToken;
  #index = 0;

  constructor(text: string, file: string) {
    this.#file = file;
    this.#tokens = tokenize(text, file);
    this.#end = this.#tokens.at(-1) ?? { kind: "end", text: "", at: { line: 1, column: 1 } };
  }

  peek(ahead = 0): WitToken {
    return this.#tokens[this.#index + ahead] ?? this.#end;
  }

  get at(): WitPosition {
    return this.peek().at;
  }

  /** Whether the token is this keyword or sign; an escaped identifier never is. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && token.kind !== "escaped" && token.kind !== "end";
  }

  isEnd(): boolean {
    return this.peek().kind === "end";
  }

  isIdentifier(ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return kind === "escaped" || (kind === "identifier" && !isKeyword(text));
  }

  take(text: string): boolean {
    const found = this.is(text);
    if (found) this.#index++;
    return found;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected([text]);
  }

  /** @param what How the error message calls what is missing, e.g. `the name of a record`. */
  identifier(what: string): WitName {
    const { kind, text, at } = this.peek();
    if (kind !== "identifier" && kind !== "escaped") throw this.unexpected([], what);
    if (kind === "identifier" && isKeyword(text)) {
      throw this.error(`\`${text}\` is a keyword and cannot be ${what}; write \`%${text}\``);
    }
    if (!LABEL.test(text)) {
      throw this.error(
        `\`${text}\` is not a kebab-case name: words of letters and digits joined by \`-\``,
        kebab(text),
      );
    }
    this.#index++;
    return { name: text, at };
  }

  version(): string {
    const { kind, text } = this.peek();
    if (kind !== "version") throw this.unexpected([], "a version such as `1.2.0`");
    if (valid(text) === null) throw this.error(`\`${text}\` is not a semantic version`);
    this.#index++;
    return text;
  }

  integer(what: string): number {
    const { kind, text } = this.peek();
    if (kind !== "integer") throw this.unexpected([], what);
    this.#index++;
    return Number(text);
  }

  /** Reads `item` until the closing sign; items are separated by commas, and one may follow the last. */
  commaSeparated<T>(close: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.take(close)) {
      items.push(item());
      if (!this.is(close)) this.expectOneOf([",", close]);
    }
    return items;
  }

  /** The comments and docs before the next token. */
  documented(): WitDocumented {
    const { comments, docs } = this.peek();
    return { ...(comments && { comments }), ...(docs && { docs: docs.join("\n") }) };
  }

  /** Comments, docs and gates before a declaration; docs may also stand between and after the gates. */
  declared(): WitDeclared {
    const comments: string[] = [];
    const docs: string[] = [];
    const gates: WitGate[] = [];
    for (;;) {
      const token = this.peek();
      if (token.comments !== undefined) comments.push(...token.comments);
      if (token.docs !== undefined) docs.push(...token.docs);
      if (!this.take("@")) break;
      gates.push(this.#gate());
    }
    return {
      ...(comments.length > 0 && { comments }),
      ...(docs.length > 0 && { docs: docs.join("\n") }),
      ...(gates.length > 0 && { gates }),
    };
  }

  #gate(): WitGate {
    const kind = (["since", "unstable", "deprecated"] as const).find((name) => this.take(name));
    if (kind === undefined) throw this.unexpected(["since", "unstable", "deprecated"]);
    this.expect("(");
    const gate: WitGate =
      kind === "unstable"
        ? { kind, feature: this.#argument("feature", () => this.identifier("the name of a feature").name) }
        : { kind, version: this.#argument("version", () => this.version()) };
    this.expect(")");
    return gate;
  }

  #argument(name: string, value: () => string): string {
    this.expect(name);
    this.expect("=");
    return value();
  }

  expectOneOf(texts: readonly [string, string]): void {
    if (!this.take(texts[0])) throw this.unexpected(texts);
  }

  /** The error for a token that none of the expected ones is; `what` describes expectations that are no fixed text. */
  unexpected(expected: readonly string[], what?: string): WitError {
    const { kind, text } = this.peek();
    const wanted = [...(what === undefined ? [] : [what]), ...expected.map((each) => `\`${each}\``)];
    const found = kind === "end" ? "the end of the text" : `\`${text}\``;
    const nearest =
      kind === "identifier"
        ? nearestName(
            text,
            expected.filter((each) => /^\w/.test(each)),
          )
        : undefined;
    return this.error(`expected ${listed(wanted)}, found ${found}`, nearest);
  }

  error(problem: string, nearest?: string, token: WitToken = this.peek()): WitError {
    return new WitError("syntax", problem, { file: this.#file, at: token.at, text: token.text, nearest });
  }
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}

/** `FooBar_baz` → `foo-bar-baz`; `undefined` when that does not make a name either. */
function kebab(text: string): string | undefined {
  const candidate = text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/[_-]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .toLowerCase();
  return LABEL.test(candidate) ? candidate : undefined;
}
