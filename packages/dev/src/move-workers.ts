import {
  type Component,
  GolemError,
  type Host,
  type MoveOutcome,
  type WorkerId,
  type WorkerMetadata,
} from "@golem-kit/host";

/** What became of a worker. */
export interface WorkerMove {
  readonly id: WorkerId;
  /** The version that it ran before. */
  readonly from: number;
  readonly outcome: MoveOutcome;
}

export interface MoveOptions {
  /** Of two workers the one with the larger number is moved first: who has just called it will do so again. */
  readonly order: (componentId: string, worker: string) => number;
  readonly signal: AbortSignal;
}

/** Workers that are moved at a time: enough for all shards to have something to do. */
const AT_ONCE = 32;

/** Workers that one question lists. */
const PAGE = 500;

/**
 * Moves every worker of a component to the version.
 *
 * @returns those that were not on it before, in no order
 */
export async function moveWorkers(
  host: Host,
  { versionedComponentId: { componentId, version } }: Component,
  { order, signal }: MoveOptions,
): Promise<readonly WorkerMove[]> {
  const moves: WorkerMove[] = [];
  const behind: WorkerMetadata[] = [];
  for await (const worker of allWorkers(host, componentId))
    if (worker.componentVersion !== version) behind.push(worker);
  // Lanes take from the end.
  const behindFirst = new Map(
    behind.map(({ workerId: { workerName } }) => [workerName, order(componentId, workerName)]),
  );
  behind.sort(
    (a, b) => (behindFirst.get(a.workerId.workerName) ?? 0) - (behindFirst.get(b.workerId.workerName) ?? 0),
  );
  const lane = async (): Promise<void> => {
    for (let next = behind.pop(); next !== undefined && !signal.aborted; next = behind.pop()) {
      const { workerId: id, componentVersion: from } = next;
      const outcome = await host.workers
        .move(id, version, { signal, anyResult: true })
        .catch((error: unknown) => (signal.aborted ? undefined : notMoved(error, from)));
      if (outcome !== undefined) moves.push({ id, from, outcome });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, behind.length) }, lane));
  return moves;
}

/** @returns undefined for a worker that was deleted meanwhile */
function notMoved(error: unknown, version: number): MoveOutcome | undefined {
  if (error instanceof GolemError && error.detail.type === "WorkerNotFound") return undefined;
  const message = error instanceof Error ? error.message : String(error);
  return { status: "stays", version, reason: { message } };
}

/** All workers of a component, however many. */
export async function* allWorkers(host: Host, componentId: string): AsyncGenerator<WorkerMetadata> {
  let cursor: { readonly cursor: number; readonly layer: number } | undefined;
  do {
    const page = await host.workers.list(componentId, {
      count: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    yield* page.workers;
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
}
