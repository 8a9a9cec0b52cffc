import { getOplogIndex, getSelfMetadata } from "golem:api/host@1.1.6";
import { GetOplog, SearchOplog, type OplogEntry as HostEntry } from "golem:api/oplog@1.1.6";

import { describeValue } from "../describe-value.ts";
import { items, recordedItems } from "../pages.ts";
import { SdkError } from "../sdk-error.ts";
import { fromWorkerId, toWorkerId, type WorkerAddress } from "../worker/address.ts";
import { fromHostEntry } from "./from-host-entry.ts";
import type { IndexedOplogEntry } from "./oplog-entry.ts";

/**
 * Which part of an oplog is read.
 *
 * @example
 * ```ts
 * const options: ReadOplogOptions = { from: 1_000n };
 * const later = await Array.fromAsync(readOplog(self(), options));
 * ```
 */
export interface ReadOplogOptions {
  /** Index of the first entry. @default 1n: the beginning */
  readonly from?: bigint;
}

/**
 * The entries of a worker's oplog, oldest first, read in pages of 100 as they are asked for. A worker reads its own up to
 * where it began to read, which a replay does too. Golem does not record what is read of another's; the pages are recorded
 * here under `oplog`, so that a replay reads the same.
 *
 * Stands on `golem:api/oplog.get-oplog`, `golem:api/host.get-oplog-index` for the worker's own, and
 * `golem:durability/durability`; the world imports `golem:api/host@1.1.6`, `golem:api/oplog@1.1.6` and
 * `golem:durability/durability@1.2.0`.
 *
 * @throws SdkError `invalid-oplog-index`, `invalid-uuid`
 * @example
 * ```ts
 * for await (const entry of readOplog(self(), { from: 1n })) {
 *   if (entry.type === "log") log.info(entry.message, { index: entry.index });
 * }
 * ```
 */
export async function* readOplog(
  worker: WorkerAddress,
  { from = 1n }: ReadOplogOptions = {},
): AsyncGenerator<IndexedOplogEntry, void, undefined> {
  requireOplogIndex("readOplog", from);
  const id = toWorkerId(worker);
  const end = endOfOwn(worker);
  using reader = new GetOplog(id, from);
  let index = from;
  const entries =
    end === undefined
      ? recordedItems("oplog", { id, from }, reader, fromHostEntry)
      : items(reader, fromHostEntry);
  for (const entry of entries) {
    if (end !== undefined && index >= end) return;
    yield { ...entry, index };
    index += 1n;
  }
}

/**
 * The entries of a worker's oplog that match a query in Golem's language, oldest first; otherwise like {@link readOplog},
 * with the pages of another's oplog recorded under `oplog search`. A query that cannot be read ends the instance: Golem
 * has no error for it.
 *
 * Stands on `golem:api/oplog.search-oplog`; the world imports the same as for {@link readOplog}.
 *
 * @param query words and "phrases", joined by AND, OR and NOT; `field:word` looks in one field
 * @throws SdkError `invalid-uuid`
 * @example
 * ```ts
 * const charges = await Array.fromAsync(searchOplog(self(), 'imported-function-invoked AND "charge card"'));
 * ```
 */
export async function* searchOplog(
  worker: WorkerAddress,
  query: string,
): AsyncGenerator<IndexedOplogEntry, void, undefined> {
  const id = toWorkerId(worker);
  const end = endOfOwn(worker);
  using reader = new SearchOplog(id, query);
  const entries =
    end === undefined
      ? recordedItems("oplog search", { id, query }, reader, indexed)
      : items(reader, indexed);
  for (const entry of entries) {
    if (end !== undefined && entry.index >= end) return;
    yield entry;
  }
}

function indexed([index, entry]: [bigint, HostEntry]): IndexedOplogEntry {
  return { ...fromHostEntry(entry), index };
}

/**
 * Where reading ends, of a worker's own oplog: it grows while it is read, by what the reader does, and would never come to
 * an end.
 */
function endOfOwn({ componentId, workerName }: WorkerAddress): bigint | undefined {
  const self = fromWorkerId(getSelfMetadata().workerId);
  const isOwn = self.componentId === componentId.toLowerCase() && self.workerName === workerName;
  return isOwn ? getOplogIndex() : undefined;
}

/** @throws SdkError `invalid-oplog-index` */
export function requireOplogIndex(operation: string, index: bigint): void {
  if (typeof index === "bigint" && index >= 1n && index < 2n ** 64n) return;
  throw new SdkError({
    code: "invalid-oplog-index",
    operation,
    message: `${describeValue(index)} is not the index of an oplog entry: a bigint from 1n.`,
  });
}
