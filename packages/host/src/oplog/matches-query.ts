import { type AnalysedType, type JsonTree, stringifyJson } from "@golem-kit/wit";

import type { PublicOplogEntry } from "../api.ts";
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
 * texts, or its values. `field:` restricts a condition to the record fields of values, at any depth: `item.sku:tea`.
 */
export function matchesQuery(entry: PublicOplogEntry, query: SearchQuery): boolean {
  const texts: EntryText[] = [entry.type, dashed(entry.type)].map((text) => ({ path: [], text }));
  for (const [key, part] of Object.entries(entry)) if (!NOT_SEARCHED.has(key)) collect(texts, part);
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

function collect(texts: EntryText[], part: unknown): void {
  if (typeof part === "string") texts.push({ path: [], text: part });
  else if (Array.isArray(part)) for (const each of part) collect(texts, each);
  else if (typeof part === "object" && part !== null) {
    if ("typ" in part && "value" in part) collectValue(texts, [], part.typ as AnalysedType, part.value);
    else for (const [key, each] of Object.entries(part)) if (!NOT_SEARCHED.has(key)) collect(texts, each);
  }
}

function collectValue(
  texts: EntryText[],
  path: readonly string[],
  type: AnalysedType | null,
  value: unknown,
): void {
  if (type === null || value === null || value === undefined) return;
  switch (type.type) {
    case "Record":
      for (const { name, typ } of type.fields)
        collectValue(texts, [...path, name], typ, Reflect.get(Object(value), name));
      break;
    case "List":
      for (const item of value as readonly unknown[]) collectValue(texts, path, type.inner, item);
      break;
    case "Option":
      collectValue(texts, path, type.inner, value);
      break;
    case "Tuple":
      for (const [at, item] of type.items.entries())
        collectValue(texts, path, item, (value as readonly unknown[])[at]);
      break;
    case "Result":
      collectValue(texts, path, type.ok, Reflect.get(Object(value), "ok"));
      collectValue(texts, path, type.err, Reflect.get(Object(value), "err"));
      break;
    case "Variant":
      for (const { name, typ } of type.cases) {
        if (!Object.hasOwn(Object(value), name)) continue;
        texts.push({ path, text: name });
        collectValue(texts, path, typ, Reflect.get(Object(value), name));
      }
      break;
    case "Flags":
      for (const name of value as readonly string[]) texts.push({ path, text: name });
      break;
    default:
      texts.push({ path, text: typeof value === "string" ? value : stringifyJson(value as JsonTree) });
  }
}

/** `NoOp` → `no-op` */
function dashed(type: string): string {
  return type.replaceAll(/(?<=.)[A-Z]/g, "-$&").toLowerCase();
}
