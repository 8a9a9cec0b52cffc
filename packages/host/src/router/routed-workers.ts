import type { OplogPage } from "../ground/api/public-oplog.ts";
import type { WorkerEvent } from "../ground/api/worker-event.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import type { WorkerMetadata } from "../ground/api/worker-metadata.ts";
import type { MoveOutcome } from "../ground/api/moves.ts";
import type { CallId } from "../ground/api/call-id.ts";
import type { CallerInfo } from "../ground/api/caller-info.ts";
import type { ReplayReport, CrashPoint } from "../ground/api/simulation.ts";
import type { FileNode, RevertTarget, UpdateMode, WorkerListing, Workers } from "../ground/api/workers.ts";
import type { Invocation, InvocationResult } from "../ground/api/invocation.ts";
import { GolemError } from "../ground/golem-error.ts";
import type { OplogEntryCase } from "../oplog/entry.ts";
import type { Channel } from "../shard/channel.ts";
import type { ShardOperations } from "../shard/protocol.ts";
import { PARTITION_COUNT } from "../storage/data-directory.ts";
import type { CallFault, PlannedCalls } from "../ground/api/simulation.ts";
import type { SharedStores } from "../storage/shared-stores.ts";
import type { IndexedEvent } from "../journal/worker-events.ts";
import { EventSubscriptions } from "./event-subscriptions.ts";
import type { ShardThread } from "./shard-thread.ts";
import { partitionOf } from "../storage/worker-partition.ts";

/** As many as Golem gives at once. */
const LARGEST_OPLOG_PAGE = 100;

/** A cursor is one number for the caller: the partition, and the row in it. */
const ROWS_PER_PARTITION = 2 ** 40;

type ForkOptions = Parameters<Workers["fork"]>[3] & {
  readonly by?: CallId;
  readonly own?: readonly OplogEntryCase[];
};

/** Sends each operation to the shard that owns the worker. */
export class RoutedWorkers implements Workers {
  readonly #threadOf: (partition: number) => ShardThread;
  readonly #shared: SharedStores;
  readonly #subscriptions = new EventSubscriptions();

  constructor(threadOf: (partition: number) => ShardThread, shared: SharedStores) {
    this.#threadOf = threadOf;
    this.#shared = shared;
  }

  async create(
    componentId: string,
    { name, args = [], env = {} }: Parameters<Workers["create"]>[1],
  ): Promise<{ readonly workerId: WorkerId; readonly componentVersion: number }> {
    const workerId = { componentId, workerName: name };
    const { componentVersion } = await this.#shard(workerId).call("create", workerId, args, env);
    return { workerId, componentVersion };
  }

  get(id: WorkerId): Promise<WorkerMetadata> {
    return this.#shard(id).call("get", id);
  }

  async list(componentId: string, query: Parameters<Workers["list"]>[1] = {}): Promise<WorkerListing> {
    const { filter, count = 50 } = query;
    const start = query.cursor?.cursor ?? 0;
    const workers: WorkerMetadata[] = [];
    let row = start % ROWS_PER_PARTITION;
    for (
      let partition = Math.floor(start / ROWS_PER_PARTITION);
      partition < PARTITION_COUNT;
      partition += 1
    ) {
      const wanted = count - workers.length;
      const page = await this.#threadOf(partition).channel.call(
        "list",
        partition,
        componentId,
        row,
        wanted,
        filter,
      );
      workers.push(...page.workers);
      if (page.next !== null)
        return { workers, cursor: { cursor: partition * ROWS_PER_PARTITION + page.next, layer: 0 } };
      row = 0;
    }
    return { workers, cursor: null };
  }

  startAnew(id: WorkerId): Promise<{ readonly componentVersion: number }> {
    return this.#shard(id).call("startAnew", id, crypto.randomUUID());
  }

  delete(id: WorkerId): Promise<void> {
    return this.#shard(id).call("delete", id);
  }

  invokeAndAwait(id: WorkerId, invocation: Invocation, caller?: CallerInfo): Promise<InvocationResult> {
    return this.#shard(id).call("invokeAndAwait", id, withKey(invocation), caller);
  }

  invoke(id: WorkerId, invocation: Invocation, caller?: CallerInfo): Promise<void> {
    return this.#shard(id).call("invoke", id, withKey(invocation), caller);
  }

  async files(id: WorkerId, path: string): Promise<readonly FileNode[]> {
    return this.#shard(id).call("files", id, path);
  }

  async fileContents(id: WorkerId, path: string): Promise<Uint8Array> {
    return this.#shard(id).call("fileContents", id, path);
  }

  async handles(id: WorkerId): Promise<Readonly<Record<string, number>>> {
    return this.#shard(id).call("handles", id);
  }

  oplog(id: WorkerId, { from, count, query }: Parameters<Workers["oplog"]>[1]): Promise<OplogPage> {
    return this.#shard(id).call("oplog", id, Math.max(1, from), Math.min(count, LARGEST_OPLOG_PAGE), query);
  }

  async completePromise(id: WorkerId, oplogIndex: number, data: Uint8Array): Promise<boolean> {
    const promiseId = { workerId: id, oplogIdx: oplogIndex };
    const { promises } = this.#shared;
    const { state } = promises.get(promiseId);
    if (state === "unknown" || state === "deleted")
      throw new GolemError({ type: "PromiseNotFound", promiseId });
    const completed = promises.complete(promiseId, data);
    if (completed && promises.isAwaited(promiseId)) await this.wake(id);
    return completed;
  }

  interrupt(id: WorkerId, options: Parameters<Workers["interrupt"]>[1] = {}): Promise<void> {
    if (options.recoverImmediately !== true) return this.#shard(id).call("interrupt", id);
    const { atEntry } = options;
    if (atEntry === undefined) return this.#shard(id).call("crash", id);
    return this.planCrash(id, { afterEntry: atEntry }).then(() => undefined);
  }

  replay(id: WorkerId): Promise<ReplayReport> {
    return this.#shard(id).call("replay", id);
  }

  planCrash(id: WorkerId, point: CrashPoint): Promise<boolean> {
    return this.#shard(id).call("planCrash", id, point);
  }

  async planFault(id: WorkerId, fault: CallFault, calls: PlannedCalls): Promise<void> {
    const shard = this.#shard(id);
    if (typeof fault === "string") return shard.call("planFault", id, fault, calls);
    if ("error" in fault) return shard.call("planFault", id, { message: "", ...fault }, calls);
    const gate = crypto.randomUUID();
    const open = async (): Promise<void> => shard.call("openGate", gate);
    // A host that is closed meanwhile holds nothing any more.
    fault.until.then(open, open).catch(() => undefined);
    return shard.call("planFault", id, { gate }, calls);
  }

  resume(id: WorkerId): Promise<void> {
    return this.#shard(id).call("resume", id);
  }

  /**
   * @param options `by`: which call this is: made again, also because its shard died, it does nothing more; `own`: entries
   * that only the new worker has, after the copied ones
   */
  async fork(
    source: WorkerId,
    target: WorkerId,
    oplogIndexCutOff: number,
    { version, anyResult = false, by = crypto.randomUUID(), own = [] }: ForkOptions = {},
  ): Promise<void> {
    if (oplogIndexCutOff < 2)
      throw new GolemError({ type: "InvalidRequest", details: "oplog_index_cut_off must be at least 2" });
    // The source may have been deleted since.
    if (await this.#shard(target).call("hasCarriedOut", target, by)) return;
    const copy = await this.#shard(source).call("copyOplog", source, oplogIndexCutOff);
    const moved = version === undefined ? [] : [pendingUpdate(version, anyResult)];
    await this.#shard(target).call("fork", target, copy, [...own, ...moved], by);
  }

  update(
    id: WorkerId,
    mode: UpdateMode,
    targetVersion: number,
    by: CallId = crypto.randomUUID(),
  ): Promise<void> {
    return this.#shard(id).call("update", id, mode, targetVersion, by);
  }

  async move(
    id: WorkerId,
    targetVersion: number,
    { signal, anyResult = false }: Parameters<Workers["move"]>[2] = {},
  ): Promise<MoveOutcome> {
    signal?.throwIfAborted();
    const moved = this.#shard(id).call("move", id, targetVersion, crypto.randomUUID(), anyResult);
    if (signal === undefined) return moved;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort);
    try {
      return await Promise.race([moved, aborted]);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  revert(id: WorkerId, target: RevertTarget, by: CallId = crypto.randomUUID()): Promise<void> {
    return this.#shard(id).call("revert", id, target, by);
  }

  cancelInvocation(id: WorkerId, idempotencyKey: string): Promise<boolean> {
    return this.#shard(id).call("cancel", id, idempotencyKey);
  }

  /** What the worker waited for has happened. */
  wake(id: WorkerId): Promise<void> {
    return this.#shard(id).call("wake", id);
  }

  follow(id: WorkerId, onEvent: (event: WorkerEvent) => void, signal: AbortSignal): Promise<void> {
    return this.#subscriptions.follow(this.#shard(id), id, onEvent, signal);
  }

  /** A shard tells what happened in a worker that somebody listens to. */
  deliver(subscription: string, events: readonly IndexedEvent[]): void {
    this.#subscriptions.deliver(subscription, events);
  }

  #shard(id: WorkerId): Channel<ShardOperations> {
    return this.#thread(id).channel;
  }

  #thread(id: WorkerId): ShardThread {
    return this.#threadOf(partitionOf(id));
  }
}

function pendingUpdate(targetVersion: number, anyResult: boolean): OplogEntryCase {
  const update = { type: "PendingUpdate", targetVersion, description: { type: "Automatic" } } as const;
  return anyResult ? { ...update, anyResult } : update;
}

/** A call that has to be sent again, because its shard died, must not run twice: it needs its key from the start. */
function withKey(invocation: Invocation): Invocation {
  return invocation.idempotencyKey === undefined
    ? { ...invocation, idempotencyKey: crypto.randomUUID() }
    : invocation;
}
