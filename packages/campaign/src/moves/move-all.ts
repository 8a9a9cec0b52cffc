import type { Host, MoveOutcome, WorkerId } from "@golem-kit/host";

/** What came of moving a worker. */
export interface Move {
  readonly worker: string;
  readonly outcome: MoveOutcome;
}

/** Moves every worker of a component that there is, as `golem-kit dev` does when a file was saved. */
export async function moveAll(
  { workers }: Host,
  componentId: string,
  version: number,
): Promise<readonly Move[]> {
  const found: WorkerId[] = [];
  for (let cursor: Parameters<Host["workers"]["list"]>[1] = {}; ;) {
    const page = await workers.list(componentId, cursor);
    found.push(...page.workers.map(({ workerId }) => workerId));
    if (page.cursor === null) break;
    cursor = { cursor: page.cursor };
  }
  return Promise.all(
    found.map(async (id) => ({ worker: id.workerName, outcome: await workers.move(id, version) })),
  );
}
