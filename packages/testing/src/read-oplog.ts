import type { Host, OplogPage, WorkerId } from "@golem-kit/host";

/** A host, whoever opened it. */
export type RunningHost = Pick<Host, "workers" | "simulation">;

/**
 * The whole public oplog of a worker, oldest entry first.
 *
 * @param query leaves out what does not match
 */
export async function readOplog(
  host: RunningHost,
  id: WorkerId,
  query?: string,
): Promise<OplogPage["entries"]> {
  const entries: OplogPage["entries"][number][] = [];
  for (let from: number | undefined = 1; from !== undefined;) {
    const page: OplogPage = await host.workers.oplog(id, { from, count: 100, ...(query && { query }) });
    entries.push(...page.entries);
    from = page.next?.nextOplogIndex;
  }
  return entries;
}

/** The last entries of a worker's public oplog, oldest first; none if there is no such worker. */
export async function readOplogEnd(
  host: RunningHost,
  id: WorkerId,
  count: number,
): Promise<OplogPage["entries"]> {
  const { lastIndex } = await host.workers.oplog(id, { from: 1, count: 1 });
  if (lastIndex === 0) return [];
  const { entries } = await host.workers.oplog(id, { from: Math.max(1, lastIndex - count + 1), count });
  return entries;
}
