/** What is wrong with a text that is not JSON, in the words of Golem's parser: `expected value at line 1 column 3`. */
export function jsonProblem(text: string): string {
  try {
    new JsonScanner(text).document();
    return "it is not JSON";
  } catch (error) {
    if (error instanceof JsonProblem) return error.message;
    if (error instanceof RangeError) return "recursion limit exceeded";
    throw error;
  }
}

class JsonProblem extends Error {}

const WHITESPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d.eE+-])/y;
/** Neither quote, backslash nor control character. */
const CHARACTERS = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

/** Follows the grammar up to the first fault. A fault is placed behind the character that shows it. */
class JsonScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value();
    if (this.#peek() !== "") throw this.#fault("trailing characters");
  }

  #value(): void {
    const next = this.#peek();
    if (next === "") throw this.#end("a value");
    if (next === "{") this.#object();
    else if (next === "[") this.#list();
    else if (next === '"') this.#string();
    else if (next === "-" || /\d/.test(next)) this.#number();
    else if (next === "t") this.#word("true");
    else if (next === "f") this.#word("false");
    else if (next === "n") this.#word("null");
    else throw this.#fault("expected value");
  }

  #object(): void {
    this.#at++;
    if (this.#takes("}")) return;
    do {
      const next = this.#peek();
      if (next === "") throw this.#end("an object");
      if (next === "}") throw this.#fault("trailing comma");
      if (next !== '"') throw this.#fault("key must be a string");
      this.#string();
      if (!this.#takes(":")) throw this.#peek() === "" ? this.#end("an object") : this.#fault("expected `:`");
      this.#value();
    } while (this.#takes(","));
    if (!this.#takes("}"))
      throw this.#peek() === "" ? this.#end("an object") : this.#fault("expected `,` or `}`");
  }

  #list(): void {
    this.#at++;
    if (this.#takes("]")) return;
    do {
      if (this.#peek() === "") throw this.#end("a list");
      if (this.#peek() === "]") throw this.#fault("trailing comma");
      this.#value();
    } while (this.#takes(","));
    if (!this.#takes("]"))
      throw this.#peek() === "" ? this.#end("a list") : this.#fault("expected `,` or `]`");
  }

  #string(): void {
    this.#at++;
    for (;;) {
      this.#match(CHARACTERS);
      const next = this.#text.charAt(this.#at);
      if (next === "") throw this.#end("a string");
      if (next === '"') break;
      if (next !== "\\")
        throw this.#fault("control character (\\u0000-\\u001F) found while parsing a string");
      if (!this.#match(ESCAPE)) {
        this.#at++;
        throw this.#at === this.#text.length ? this.#end("a string") : this.#fault("invalid escape");
      }
    }
    this.#at++;
  }

  #number(): void {
    if (!this.#match(NUMBER)) throw this.#fault("invalid number");
  }

  #word(word: string): void {
    for (const expected of word) {
      const next = this.#text.charAt(this.#at);
      if (next === "") throw this.#end("a value");
      if (next !== expected) throw this.#fault("expected ident");
      this.#at++;
    }
  }

  /** The next character that is no white space; empty at the end. */
  #peek(): string {
    this.#match(WHITESPACE);
    return this.#text.charAt(this.#at);
  }

  #takes(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #fault(problem: string): JsonProblem {
    this.#at++;
    return this.#placed(problem);
  }

  #end(what: string): JsonProblem {
    return this.#placed(`EOF while parsing ${what}`);
  }

  #placed(problem: string): JsonProblem {
    const lines = this.#text.slice(0, this.#at).split("\n");
    return new JsonProblem(`${problem} at line ${lines.length} column ${lines.at(-1)?.length ?? 0}`);
  }
}
