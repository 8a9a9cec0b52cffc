import type { OplogPage, WorkerId } from "../api.ts";
import { recordedTypes } from "../interfaces/registry.ts";
import { publicEntry } from "../oplog/public-entry.ts";
import type { Journal } from "../worker/journal.ts";
import type { LoadedComponent } from "./loaded-component.ts";

/** A page of the public oplog. */
export function oplogPage(
  worker: WorkerId,
  journal: Journal,
  component: LoadedComponent,
  from: number,
  count: number,
): OplogPage {
  const { oplog, state } = journal;
  const entries: OplogPage["entries"][number][] = [];
  let openFunction: string | undefined;
  for (const [index, entry] of oplog.entries(openFrom(journal, from))) {
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
    entries.push({ oplogIndex: index, entry: publicEntry(entry, types) });
  }
  const last = entries.at(-1)?.oplogIndex ?? 0;
  const more = last > 0 && last < oplog.lastIndex;
  return {
    entries,
    next: more ? { nextOplogIndex: last + 1, currentComponentVersion: state.componentVersion } : null,
    firstIndexInChunk: from,
    lastIndex: oplog.lastIndex,
  };
}

/** Index of the last invocation that begins at or before `index`: what ends in the page must be known by name. */
function openFrom({ oplog }: Journal, index: number): number {
  let open = 1;
  for (const [at, entry] of oplog.entries()) {
    if (at > index) break;
    if (entry.type === "ExportedFunctionInvoked") open = at;
  }
  return open;
}
