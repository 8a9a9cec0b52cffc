/** An entry of a worker's oplog, with the names that Golem 1.2.5 has. */
export interface OplogEntry {
  readonly index: number;
  readonly type: string;
  readonly timestamp: string;
  /** What the entry has beyond that: names in camelCase. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Golem 1.2.0 writes names in snake_case, 1.2.5 most of them in camelCase. */
type Json = Readonly<Record<string, unknown>>;

const PAGE_SIZE = "100";

/** All entries, page by page. @param read gives the page for a query string */
export async function* oplogPages(
  start: { readonly from: number } | { readonly query: string },
  read: (query: URLSearchParams) => Promise<unknown>,
): AsyncGenerator<OplogEntry, void, undefined> {
  const query = new URLSearchParams({ count: PAGE_SIZE });
  if ("query" in start) query.set("query", start.query);
  else query.set("from", String(start.from));
  for (;;) {
    const page = camelNames(await read(query));
    const entries = page["entries"] as readonly { readonly oplogIndex: number; readonly entry: Json }[];
    for (const { oplogIndex, entry } of entries) yield oplogEntry(oplogIndex, camelNames(entry));
    if (entries.length === 0 || page["next"] === null || page["next"] === undefined) return;
    const { nextOplogIndex, currentComponentVersion } = camelNames(page["next"]);
    if (Number(nextOplogIndex) > Number(page["lastIndex"])) return;
    query.delete("from");
    query.set("cursor", `${String(nextOplogIndex)}-${String(currentComponentVersion)}`);
  }
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
