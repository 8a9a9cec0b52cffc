import { type AnalysedType, type JsonTree, stringifyJson } from "@golem-kit/wit";

import type { PublicOplogEntry } from "../ground/api/public-oplog.ts";
import type { SearchQuery } from "./search-query.ts";

/** A text of an entry; in a value, with the names of the record fields that lead to it. */
interface EntryText {
  readonly path: readonly string[];
  readonly text: string;
}

/** What every entry, or every invocation, has: finding it would tell nothing. */
const NOT_SEARCHED: ReadonlySet<string> = new Set([
  "type",
  "timestamp",
  "wrappedFunctionType",
  "traceId",
  "traceStates",
  "invocationContext",
]);

/**
 * True if an entry has what the query asks for: in its type (`ImportedFunctionInvoked`, also with dashes), its names and
 * texts, or its values. `field:` restricts a condition to the record fields of values, at any depth: `item.sku:tea`. As on
 * Golem 1.2, records in the results of invocations are not searched: what is found says where something was done.
 */
export function matchesQuery(entry: PublicOplogEntry, query: SearchQuery): boolean {
  const texts: EntryText[] = [entry.type, dashed(entry.type)].map((text) => ({ path: [], text }));
  const found = { texts, inRecords: entry.type !== "ExportedFunctionCompleted" };
  for (const [key, part] of Object.entries(entry)) if (!NOT_SEARCHED.has(key)) collect(found, part);
  return holds(query, texts);
}

function holds(query: SearchQuery, texts: readonly EntryText[]): boolean {
  switch (query.type) {
    case "and":
      return query.queries.every((each) => holds(each, texts));
    case "or":
      return query.queries.some((each) => holds(each, texts));
    case "not":
      return !holds(query.query, texts);
    case "field":
      return holds(
        query.query,
        texts.flatMap((each) => below(query.path, each)),
      );
    case "term": {
      const term = query.text.toLowerCase();
      return texts.some(({ text }) => text.toLowerCase().includes(term));
    }
    case "phrase":
      return texts.some(({ text }) => text.includes(query.text));
    case "regex":
      return texts.some(({ text }) => query.pattern.test(text));
  }
}

/** The text as seen from the field, if it is in it. */
function below(field: readonly string[], { path, text }: EntryText): readonly EntryText[] {
  for (let start = 0; start + field.length <= path.length; start += 1) {
    if (field.every((name, at) => path[start + at] === name))
      return [{ path: path.slice(start + field.length), text }];
  }
  return [];
}

/** The texts found so far, and whether those in records are wanted. */
interface Found {
  readonly texts: EntryText[];
  readonly inRecords: boolean;
}

function collect(found: Found, part: unknown): void {
  if (typeof part === "string") found.texts.push({ path: [], text: part });
  else if (Array.isArray(part)) for (const each of part) collect(found, each);
  else if (typeof part === "object" && part !== null) {
    if ("typ" in part && "value" in part) collectValue(found, [], part.typ as AnalysedType, part.value);
    else for (const [key, each] of Object.entries(part)) if (!NOT_SEARCHED.has(key)) collect(found, each);
  }
}

function collectValue(
  found: Found,
  path: readonly string[],
  type: AnalysedType | null,
  value: unknown,
): void {
  if (type === null || value === null || value === undefined) return;
  switch (type.type) {
    case "Record":
      if (!found.inRecords) break;
      for (const { name, typ } of type.fields)
        collectValue(found, [...path, name], typ, Reflect.get(Object(value), name));
      break;
    case "List":
      for (const item of value as readonly unknown[]) collectValue(found, path, type.inner, item);
      break;
    case "Option":
      collectValue(found, path, type.inner, value);
      break;
    case "Tuple":
      for (const [at, item] of type.items.entries())
        collectValue(found, path, item, (value as readonly unknown[])[at]);
      break;
    case "Result":
      collectValue(found, path, type.ok, Reflect.get(Object(value), "ok"));
      collectValue(found, path, type.err, Reflect.get(Object(value), "err"));
      break;
    case "Variant":
      for (const { name, typ } of type.cases) {
        if (!Object.hasOwn(Object(value), name)) continue;
        found.texts.push({ path, text: name });
        collectValue(found, path, typ, Reflect.get(Object(value), name));
      }
      break;
    case "Flags":
      for (const name of value as readonly string[]) found.texts.push({ path, text: name });
      break;
    default:
      found.texts.push({ path, text: typeof value === "string" ? value : stringifyJson(value as JsonTree) });
  }
}

/** `NoOp` → `no-op` */
function dashed(type: string): string {
  return type.replaceAll(/(?<=.)[A-Z]/g, "-$&").toLowerCase();
}
