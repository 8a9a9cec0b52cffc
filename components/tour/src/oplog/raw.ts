import { getOplogIndex, oplogCommit, setOplogIndex } from "golem:api/host@1.1.0";
import { GetOplog, SearchOplog } from "golem:api/oplog@1.1.0";

import { journalled } from "../durability/journalled.ts";
import { readNumber, writeNumber } from "../keyvalue/raw.ts";
import { siblingId } from "../workers/raw.ts";

export function goBack(product: string, times: number): number {
  const here = getOplogIndex();
  const visits = readNumber(`${product} visits`, 0) + 1;
  writeNumber(`${product} visits`, visits);
  if (visits < times) setOplogIndex(here);
  return visits;
}

export function commit(): void {
  oplogCommit(1);
}

export function oplog(worker: string): string[] {
  return journalled("tour::oplog", () => {
    using reader = new GetOplog(siblingId(worker), 1n);
    const kinds = new Set<string>();
    for (let page = reader.getNext(); page !== undefined; page = reader.getNext()) {
      for (const { tag } of page) kinds.add(tag);
    }
    return [...kinds];
  });
}

export function searchOplog(worker: string, query: string): number {
  return journalled("tour::search-oplog", () => {
    using reader = new SearchOplog(siblingId(worker), query);
    let count = 0;
    for (let page = reader.getNext(); page !== undefined; page = reader.getNext()) count += page.length;
    return count;
  });
}
