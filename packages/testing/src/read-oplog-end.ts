import type { Host, OplogPage, WorkerId } from "@golem-kit/host";

/** A host, whoever opened it. */
export type RunningHost = Pick<Host, "workers" | "simulation">;

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
