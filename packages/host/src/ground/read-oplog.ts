import type { OplogPage } from "./api/public-oplog.ts";
import type { WorkerId } from "./api/worker-id.ts";
import type { Workers } from "./api/workers.ts";

/** Entries that one page can have. */
const PAGE = 100;

/**
 * The whole public oplog of a worker, page by page, oldest entry first.
 *
 * @param query leaves out what does not match
 */
export async function readOplog(
  { workers }: { readonly workers: Pick<Workers, "oplog"> },
  id: WorkerId,
  query?: string,
): Promise<OplogPage["entries"]> {
  const entries: OplogPage["entries"][number][] = [];
  for (let from: number | undefined = 1; from !== undefined;) {
    const page: OplogPage = await workers.oplog(id, { from, count: PAGE, ...(query && { query }) });
    entries.push(...page.entries);
    from = page.next?.nextOplogIndex;
  }
  return entries;
}
