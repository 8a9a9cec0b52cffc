import { getOplogIndex, getSelfMetadata } from "golem:api/host@1.1.6";
import { GetOplog, SearchOplog } from "golem:api/oplog@1.1.6";

import { describeValue } from "../describe-value.ts";
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
 * where it began to read, which a replay does too. What is read of another's is not recorded: fix by `durable` what is
 * made of it.
 *
 * Stands on `golem:api/oplog.get-oplog`, and `golem:api/host.get-oplog-index` for the worker's own; the world imports
 * `golem:api/oplog@1.1.6`.
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
  using reader = new GetOplog(toWorkerId(worker), from);
  const end = endOf(worker);
  let index = from;
  for (let page = reader.getNext(); page !== undefined; page = reader.getNext()) {
    for (const entry of page) {
      if (index >= end) return;
      yield { ...fromHostEntry(entry), index };
      index += 1n;
    }
  }
}

/**
 * The entries of a worker's oplog that match a query in Golem's language, oldest first; otherwise like {@link readOplog}.
 * A query that cannot be read ends the instance: Golem has no error for it.
 *
 * Stands on `golem:api/oplog.search-oplog`; the world imports `golem:api/oplog@1.1.6`.
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
  using reader = new SearchOplog(toWorkerId(worker), query);
  const end = endOf(worker);
  for (let page = reader.getNext(); page !== undefined; page = reader.getNext()) {
    for (const [index, entry] of page) {
      if (index >= end) return;
      yield { ...fromHostEntry(entry), index };
    }
  }
}

/** Where reading ends. A worker's own oplog grows while it is read, by what the reader does: it would never come to an end. */
function endOf({ componentId, workerName }: WorkerAddress): bigint | number {
  const self = fromWorkerId(getSelfMetadata().workerId);
  const isOwn = self.componentId === componentId.toLowerCase() && self.workerName === workerName;
  return isOwn ? getOplogIndex() : Infinity;
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
