import { zipSync } from "fflate";
import { type Answer, comparable, type Exchange, type FormPart, send } from "./golden-exchanges.ts";

/** An answer in words that can be compared with another server's. */
export interface Reply {
  readonly label: string;
  readonly status: unknown;
  readonly contentType: unknown;
  readonly body: unknown;
}

export interface ReplayOptions {
  readonly url: string;
  /** Ids of components here by those that were recorded; grows as components are created. */
  readonly ids: Map<string, string>;
  /** What is uploaded where bytes were not recorded, by how many they were: `<5 bytes>`. */
  readonly uploads?: Readonly<Record<string, Uint8Array>>;
  /** Called before an exchange is made. */
  readonly before?: (exchange: Exchange) => Promise<void>;
  /** Called when it was answered, before the next is made: what the worker is doing may have to come to an end. */
  readonly after?: (exchange: Exchange) => Promise<void>;
}

/** Makes recorded requests one after the other. @returns what was answered, and what had been */
export async function replay(
  exchanges: readonly Exchange[],
  options: ReplayOptions,
): Promise<{ readonly ours: Reply[]; readonly golden: Reply[] }> {
  const ours: Reply[] = [];
  const golden: Reply[] = [];
  for (const recorded of exchanges) {
    const exchange = translated(recorded, options.ids);
    await options.before?.(exchange);
    const answer = await send(options.url, { ...exchange, requestBody: bodyOf(exchange, options) });
    await options.after?.(exchange);
    learn(exchange, answer, options.ids);
    const expected = { ...exchange, body: exchange.response };
    const common = commonTypes(answer.body, exchange.response);
    ours.push(reply(exchange, answer, common));
    golden.push(reply(exchange, expected, common));
  }
  // What was created meanwhile has another id here.
  return { ours, golden: JSON.parse(replaceIds(JSON.stringify(golden), options.ids)) };
}

function translated(exchange: Exchange, ids: ReadonlyMap<string, string>): Exchange {
  return JSON.parse(replaceIds(JSON.stringify(exchange), ids)) as Exchange;
}

function replaceIds(text: string, ids: ReadonlyMap<string, string>): string {
  let replaced = text;
  for (const [recorded, here] of ids) replaced = replaced.replaceAll(recorded, here);
  return replaced;
}

/** A component that both servers created has an id on each. */
function learn({ response }: Exchange, { body }: Answer, ids: Map<string, string>): void {
  const recorded = createdId(response);
  const here = createdId(body);
  if (recorded !== undefined && here !== undefined && ![...ids.values()].includes(recorded))
    ids.set(recorded, here);
}

function createdId(body: unknown): string | undefined {
  const id: unknown = valueAt(body, "versionedComponentId", "componentId");
  return typeof id === "string" ? id : undefined;
}

function valueAt(tree: unknown, ...path: readonly string[]): unknown {
  let value = tree;
  for (const key of path)
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

function bodyOf({ label, requestBody }: Exchange, { uploads = {} }: ReplayOptions): unknown {
  if (requestBody === "<binary>") return uploads[label] ?? uploads["<binary>"];
  if (!Array.isArray(requestBody)) return requestBody;
  const form = new FormData();
  for (const { name, value, type } of requestBody as FormPart[]) {
    const bytes = uploads[value];
    if (bytes === undefined) form.append(name, value);
    else form.append(name, new Blob([new Uint8Array(bytes)], { type: type ?? "" }));
  }
  return form;
}

function reply(
  { label, query }: Exchange,
  { status, contentType, body }: Omit<Answer, "contentType"> & { readonly contentType: unknown },
  common: ReadonlySet<string>,
): Reply {
  // Bytes were not recorded, only that there were some.
  if (contentType === "application/octet-stream") return { label, status, contentType, body: "bytes" };
  const page = entriesOf(body);
  const shown = page === undefined ? comparable(body) : shapeOf(page, common, query?.["query"] !== undefined);
  return { label, status, contentType, body: shown };
}

type Entry = Readonly<Record<string, unknown>> & { readonly type: string };

function entriesOf(body: unknown): readonly Entry[] | undefined {
  const entries: unknown = valueAt(body, "entries");
  return Array.isArray(entries) ? entries.map(({ entry }: { entry: Entry }) => entry) : undefined;
}

/** Kinds of entries that are in both pages: how many a program makes is up to its engine. */
function commonTypes(one: unknown, other: unknown): ReadonlySet<string> {
  const types = new Set(entriesOf(one)?.map(({ type }) => type));
  return new Set(entriesOf(other)?.flatMap(({ type }) => (types.has(type) ? [type] : [])));
}

/** Which fields each kind of entry has; of a search also which functions it finds. */
function shapeOf(entries: readonly Entry[], common: ReadonlySet<string>, isSearch: boolean): unknown {
  const fields = new Map<string, string[]>();
  for (const entry of entries) {
    if (common.has(entry.type)) fields.set(entry.type, Object.keys(entry).map(camelCase).toSorted());
  }
  const functions = entries.flatMap((entry) =>
    entry.type === "ExportedFunctionInvoked" ? [entry["functionName"] ?? entry["function_name"]] : [],
  );
  return {
    isEmpty: entries.length === 0,
    fields: Object.fromEntries([...fields].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    ...(isSearch && { functions }),
  };
}

/** Golem 1.2.0 wrote the fields of entries in snake case, 1.2.5 and this host do not. */
function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** A zip archive of text files. */
export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]);
  const archive = zipSync(Object.fromEntries(entries));
  return archive;
}
