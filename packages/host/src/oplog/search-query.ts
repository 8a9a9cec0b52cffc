/** A search in an oplog: conditions on the texts of an entry. */
export type SearchQuery =
  | { readonly type: "and" | "or"; readonly queries: readonly SearchQuery[] }
  | { readonly type: "not"; readonly query: SearchQuery }
  | { readonly type: "field"; readonly path: readonly string[]; readonly query: SearchQuery }
  /** Any text contains it, in upper or lower case. */
  | { readonly type: "term"; readonly text: string }
  /** Any text contains it exactly. */
  | { readonly type: "phrase"; readonly text: string }
  | { readonly type: "regex"; readonly pattern: RegExp };

/** A text that is no query. */
export class SearchQueryError extends Error {
  override readonly name = "SearchQueryError" as const;
  /** Where in the text, from 0. */
  readonly position: number;

  constructor(text: string, position: number, problem: string) {
    super(`Cannot search for ${JSON.stringify(text)}: ${problem} at position ${position}`);
    this.position = position;
  }
}

interface Token {
  readonly kind: "word" | "phrase" | "regex" | "(" | ")" | ":" | "end";
  readonly text: string;
  readonly position: number;
}

const TOKEN = /\s*(?:([():=])|"((?:[^"\\]|\\.)*)"|\/((?:[^/\\]|\\.)+)\/|((?:[^\s():="\\]|\\.)+))/suy;

/**
 * Reads a query in Golem's Lucene-like syntax: `term`, `"phrase"`, `/regex/`, `field:query` or `field=query`, `AND`, `OR`,
 * `NOT` and parentheses. `AND` binds tighter than `OR`; conditions beside each other must all hold, and bind least; a
 * backslash takes the next character literally.
 *
 * @throws SearchQueryError
 */
export function parseSearchQuery(text: string): SearchQuery {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (ahead = 0): Token => tokens[at + ahead] ?? { kind: "end", text: "", position: text.length };
  const isWord = (word: string): boolean => peek().kind === "word" && peek().text === word;
  const fail = (problem: string): never => {
    throw new SearchQueryError(text, peek().position, problem);
  };
  const accept = (matches: boolean): boolean => {
    if (matches) at += 1;
    return matches;
  };

  const sequence = (): SearchQuery => {
    const queries = [either()];
    while (peek().kind !== ")" && peek().kind !== "end") queries.push(either());
    return joined("and", queries);
  };
  const either = (): SearchQuery => {
    const queries = [all()];
    while (accept(isWord("OR"))) queries.push(all());
    return joined("or", queries);
  };
  const all = (): SearchQuery => {
    const queries = [negated()];
    while (accept(isWord("AND"))) queries.push(negated());
    return joined("and", queries);
  };
  const negated = (): SearchQuery =>
    accept(isWord("NOT")) ? { type: "not", query: negated() } : condition();
  const condition = (): SearchQuery => {
    const { kind, text: content } = peek();
    if (kind === "end") return fail("the query ends too early");
    if (kind === ")" || kind === ":") return fail(`a condition is expected, not "${kind}",`);
    if (kind === "word" && (content === "AND" || content === "OR"))
      return fail(`a condition is expected, not ${content},`);
    if (accept(kind === "(")) {
      const query = sequence();
      return accept(peek().kind === ")") ? query : fail('a ")" is missing');
    }
    if ((kind === "word" || kind === "phrase") && peek(1).kind === ":") {
      at += 2;
      return { type: "field", path: literal(content).split("."), query: condition() };
    }
    if (kind === "regex") {
      const pattern = regex(content);
      at += 1;
      return { type: "regex", pattern };
    }
    at += 1;
    return { type: kind === "phrase" ? "phrase" : "term", text: literal(content) };
  };
  const regex = (source: string): RegExp => {
    try {
      return new RegExp(source, "u");
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error));
    }
  };

  const query = sequence();
  return peek().kind === "end" ? query : fail('there is a ")" too many');
}

function joined(type: "and" | "or", queries: readonly SearchQuery[]): SearchQuery {
  const [only, ...more] = queries;
  return only !== undefined && more.length === 0 ? only : { type, queries };
}

function literal(text: string): string {
  return text.replaceAll(/\\(.)/gsu, "$1");
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  let end = 0;
  while (text.slice(end).trim() !== "") {
    pattern.lastIndex = end;
    const match = pattern.exec(text);
    if (match === null)
      throw new SearchQueryError(text, end, "a quotation mark or a backslash is not closed");
    const [whole, sign, phrase, regex, word] = match;
    const position = end + whole.length - whole.trimStart().length;
    end += whole.length;
    if (sign === "(" || sign === ")") tokens.push({ kind: sign, text: sign, position });
    else if (sign !== undefined) tokens.push({ kind: ":", text: sign, position });
    else if (phrase !== undefined) tokens.push({ kind: "phrase", text: phrase, position });
    else if (regex !== undefined) tokens.push({ kind: "regex", text: regex, position });
    else tokens.push({ kind: "word", text: word ?? "", position });
  }
  return tokens;
}
