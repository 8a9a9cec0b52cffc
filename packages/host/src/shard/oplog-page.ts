import type { OplogPage } from "../ground/api/public-oplog.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import { GolemError } from "../ground/golem-error.ts";
import { recordedTypes } from "../interfaces/registry.ts";
import { matchesQuery } from "../oplog/matches-query.ts";
import { publicEntry } from "../oplog/public-entry.ts";
import { parseSearchQuery, type SearchQuery, SearchQueryError } from "../oplog/search-query.ts";
import type { Journal } from "../journal/journal.ts";
import type { LoadedComponent } from "../worker/instance/loaded-component.ts";

/** A page of the public oplog. With a query it holds only the entries that match, and begins at the first of them. */
export function oplogPage(
  worker: WorkerId,
  journal: Journal,
  component: LoadedComponent,
  from: number,
  count: number,
  query?: SearchQuery,
): OplogPage {
  const { oplog, state } = journal;
  const entries: OplogPage["entries"][number][] = [];
  let openFunction: string | undefined;
  let next = from;
  // From the beginning: what ends in the page must be known by the name of the function that it ends.
  for (const [index, entry] of oplog.entries()) {
    if (entry.type === "ExportedFunctionInvoked") openFunction = entry.functionName;
    if (index < from) continue;
    if (entries.length === count) break;
    const types = {
      worker,
      imported: recordedTypes,
      exported: (functionName: string) => component.tryExport(functionName),
      openFunction,
      constructorParams: (resource: string) => component.constructorParams(resource),
    };
    const shown = publicEntry(entry, types);
    next = index + 1;
    if (query === undefined || matchesQuery(shown, query)) entries.push({ oplogIndex: index, entry: shown });
  }
  const [first] = entries;
  const { componentVersion } = state;
  return {
    entries,
    next: first === undefined ? null : { nextOplogIndex: next, currentComponentVersion: componentVersion },
    firstIndexInChunk: query === undefined || first === undefined ? from : first.oplogIndex,
    lastIndex: oplog.lastIndex,
  };
}

/** @throws GolemError `Unknown` if the query cannot be read */
export function searchQuery(text: string): SearchQuery {
  try {
    return parseSearchQuery(text);
  } catch (error) {
    if (!(error instanceof SearchQueryError)) throw error;
    throw new GolemError({ type: "Unknown", details: error.message }, { cause: error });
  }
}
