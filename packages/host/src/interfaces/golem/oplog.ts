import type { OplogPage } from "../../ground/api/public-oplog.ts";
import type { WorkerId } from "../../ground/api/worker-id.ts";
import { direct, waiting, type HostInterface } from "../host-interface.ts";
import { fromWitWorkerId, type WitWorkerId } from "./wit-ids.ts";
import { toWitOplogEntry } from "./wit-oplog-entry.ts";
import type { WaitPort, WorkersPort } from "../ports.ts";

type Ports = WaitPort & WorkersPort;

const PAGE_SIZE = 100;

/** A `get-oplog` or `search-oplog`: the entries that are still to come. */
interface OplogReader {
  readonly workerId: WorkerId;
  /** What is searched for; `undefined` for every entry. */
  readonly query: string | undefined;
  /** Index of the next entry to read; `undefined` after the last. */
  from: number | undefined;
}

async function nextPage(context: Ports, reader: OplogReader): Promise<OplogPage["entries"] | undefined> {
  const { workerId, query, from } = reader;
  if (from === undefined) return undefined;
  const page = { from, count: PAGE_SIZE, ...(query === undefined ? {} : { query }) };
  const { entries, next } = await context.wait(context.workers.oplog(workerId, page));
  reader.from = next?.nextOplogIndex;
  return entries.length === 0 ? undefined : entries;
}

export const oplog: HostInterface<Ports> = {
  name: "golem:api/oplog",
  functions: {
    "[constructor]get-oplog": direct((_, workerId: WitWorkerId, start: bigint): OplogReader => ({
      workerId: fromWitWorkerId(workerId),
      query: undefined,
      from: Math.max(1, Number(start)),
    })),
    "[method]get-oplog.get-next": waiting(async (context, reader: OplogReader) => {
      const entries = await nextPage(context, reader);
      return entries?.map(({ entry }) => toWitOplogEntry(entry));
    }),
    "[constructor]search-oplog": direct((_, workerId: WitWorkerId, query: string): OplogReader => ({
      workerId: fromWitWorkerId(workerId),
      query,
      from: 1,
    })),
    "[method]search-oplog.get-next": waiting(async (context, reader: OplogReader) => {
      const entries = await nextPage(context, reader);
      return entries?.map(({ oplogIndex, entry }) => [BigInt(oplogIndex), toWitOplogEntry(entry)]);
    }),
  },
};
