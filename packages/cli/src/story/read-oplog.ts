import type { Host, OplogPage, PublicOplogEntry, WorkerId } from "@golem-kit/host";

/** The whole public oplog of a worker. */
export async function readOplog(host: Host, worker: WorkerId): Promise<readonly PublicOplogEntry[]> {
  const entries: PublicOplogEntry[] = [];
  for (let from: number | undefined = 1; from !== undefined;) {
    const page: OplogPage = await host.workers.oplog(worker, { from, count: 100 });
    entries.push(...page.entries.map(({ entry }) => entry));
    from = page.next?.nextOplogIndex;
  }
  return entries;
}
