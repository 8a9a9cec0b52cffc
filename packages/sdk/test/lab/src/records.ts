import type { Implementation } from "@golem-kit/sdk";
import { executionState } from "@golem-kit/sdk/durability";
import {
  commitOplog,
  currentOplogIndex,
  readOplog,
  searchOplog,
  setOplogIndex,
  type IndexedOplogEntry,
} from "@golem-kit/sdk/oplog";
import { self } from "@golem-kit/sdk/worker";

import type * as Exports from "sdk:lab-exports/records";

import { codeOf } from "./code-of.ts";
import { note, noted } from "./ledger.ts";

async function types(entries: AsyncIterable<IndexedOplogEntry>): Promise<string[]> {
  const seen: string[] = [];
  for await (const entry of entries) {
    const about = entry.type === "imported-function-invoked" ? ` ${entry.functionName}` : "";
    seen.push(`${entry.index} ${entry.type}${about}`);
  }
  return seen;
}

async function goBack(): Promise<number> {
  const here = currentOplogIndex();
  await note("back", "here");
  const { length } = await noted("back");
  commitOplog();
  if (length < 3) setOplogIndex(here);
  return length;
}

async function misusedRecords(): Promise<string[]> {
  const { isLive, persistenceLevel } = executionState();
  return [
    await codeOf(() => setOplogIndex(0n)),
    await codeOf(() => readOplog(self(), { from: 0n }).next()),
    await codeOf(() => commitOplog(0)),
    await codeOf(() => commitOplog(256)),
    await codeOf(() => searchOplog({ componentId: "none", workerName: "w" }, "x").next()),
    `${isLive} ${persistenceLevel}`,
  ];
}

export const records: Implementation<typeof Exports> = {
  read: (from) => types(readOplog(self(), { from })),
  search: (query) => types(searchOplog(self(), query)),
  goBack,
  misusedRecords,
};
