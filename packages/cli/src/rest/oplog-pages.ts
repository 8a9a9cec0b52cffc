import { RestError } from "./rest-error.ts";

/** An entry of a worker's oplog, with the names that Golem 1.2.5 has. */
export interface OplogEntry {
  readonly index: number;
  readonly type: string;
  readonly timestamp: string;
  /** What the entry has beyond that: names in camelCase. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the server says of an entry that it cannot show, whose type, time and parameters are not known then. */
  readonly hidden?: string;
}

/** Golem 1.2.0 writes names in snake_case, 1.2.5 most of them in camelCase. */
type Json = Readonly<Record<string, unknown>>;

type Read = (query: URLSearchParams) => Promise<unknown>;

const PAGE_SIZE = 100;

/**
 * All entries, page by page. Golem 1.2.0 answers a page with an entry that it cannot show by an error: its entries are then
 * read one by one. What a query finds is in no known place, and fails with such a page.
 *
 * @param read gives the page for a query string
 * @throws RestError
 */
export async function* oplogPages(
  start: { readonly from: number } | { readonly query: string },
  read: Read,
): AsyncGenerator<OplogEntry, void, undefined> {
  const query = new URLSearchParams({ count: String(PAGE_SIZE) });
  if ("query" in start) query.set("query", start.query);
  else query.set("from", String(start.from));
  let next = "from" in start ? start.from : undefined;
  for (;;) {
    let page: Page;
    try {
      page = pageOf(await read(query));
    } catch (error) {
      if (next === undefined || !isHidden(error)) throw error;
      const { lastIndex } = pageOf(await read(new URLSearchParams({ count: "1", from: "1" })));
      const end = Math.min(next + PAGE_SIZE, lastIndex + 1);
      for (; next < end; next += 1) yield* oneEntry(next, read);
      if (next > lastIndex) return;
      query.delete("cursor");
      query.set("from", String(next));
      continue;
    }
    yield* page.entries;
    if (page.entries.length === 0 || page.next === undefined) return;
    const { index, version } = page.next;
    if (index > page.lastIndex) return;
    if (next !== undefined) next = index;
    query.delete("from");
    query.set("cursor", `${index}-${version}`);
  }
}

async function* oneEntry(index: number, read: Read): AsyncGenerator<OplogEntry> {
  try {
    yield* pageOf(await read(new URLSearchParams({ count: "1", from: String(index) }))).entries;
  } catch (error) {
    if (!isHidden(error)) throw error;
    yield { index, type: "Hidden", timestamp: "", parameters: {}, hidden: error.details };
  }
}

/** The server has the entry that it was asked for, and does not know how to show it. */
export function isHidden(error: unknown): error is RestError {
  return (
    error instanceof RestError && error.status === 500 && /Unsupported host function/.test(error.details)
  );
}

interface Page {
  readonly entries: readonly OplogEntry[];
  readonly next: { readonly index: number; readonly version: number } | undefined;
  readonly lastIndex: number;
}

function pageOf(answer: unknown): Page {
  const { entries, next, lastIndex } = camelNames(answer);
  const { nextOplogIndex, currentComponentVersion } = camelNames(next ?? {});
  return {
    entries: (entries as readonly { readonly oplogIndex: number; readonly entry: Json }[]).map(
      ({ oplogIndex, entry }) => oplogEntry(oplogIndex, camelNames(entry)),
    ),
    next:
      next === null || next === undefined
        ? undefined
        : { index: Number(nextOplogIndex), version: Number(currentComponentVersion) },
    lastIndex: Number(lastIndex),
  };
}

function oplogEntry(index: number, { type, timestamp, ...parameters }: Json): OplogEntry {
  return { index, type: String(type), timestamp: String(timestamp), parameters };
}

function camelNames(given: unknown): Json {
  return Object.fromEntries(
    Object.entries(given as Json).map(([name, value]) => [
      name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
