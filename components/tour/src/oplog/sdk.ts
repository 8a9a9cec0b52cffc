import {
  commitOplog,
  currentOplogIndex,
  readOplog,
  searchOplog as search,
  setOplogIndex,
} from "@golem-kit/sdk/oplog";

import { numbers } from "../keyvalue/sdk.ts";
import { sibling } from "../workers/sdk.ts";

export async function goBack(product: string, times: number): Promise<number> {
  const here = currentOplogIndex();
  const visits = ((await numbers.get(`${product} visits`)) ?? 0) + 1;
  await numbers.set(`${product} visits`, visits);
  if (visits < times) setOplogIndex(here);
  return visits;
}

export function commit(): void {
  commitOplog();
}

export async function oplog(worker: string): Promise<string[]> {
  const types = await Array.fromAsync(readOplog(sibling(worker)), ({ type }) => type);
  return [...new Set(types)];
}

export async function searchOplog(worker: string, query: string): Promise<number> {
  const found = await Array.fromAsync(search(sibling(worker), query));
  return found.length;
}
