import { type ShardParts } from "./shard-parts.ts";
import type { OplogPage } from "../ground/api/public-oplog.ts";
import type { WorkerFilter } from "../ground/filter/worker-filter.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import type { WorkerMetadata } from "../ground/api/worker-metadata.ts";
import type { MoveOutcome } from "../ground/api/moves.ts";
import type { CallId } from "../ground/api/call-id.ts";
import type { CallerInfo } from "../ground/api/caller-info.ts";
import type { FileNode, RevertTarget, UpdateMode } from "../ground/api/workers.ts";
import type { Invocation, InvocationResult } from "../ground/api/invocation.ts";
import { listFiles, readFile } from "../filesystem/file-listing.ts";
import { matchesFilter } from "../ground/filter/matches-filter.ts";
import { GolemError } from "../ground/golem-error.ts";
import type { OplogEntryCase } from "../oplog/entry.ts";
import type { SharedStores } from "../storage/shared-stores.ts";
import { StorageError } from "../ground/storage-error.ts";
import { assertNotOver } from "../worker/assert-accepting.ts";
import type { Turns } from "../engine/preemption/turns.ts";
import { workerMetadata } from "../journal/worker-metadata.ts";
import { assertWorkerName } from "../worker/worker-name.ts";
import { answerOf } from "./answer-of.ts";
import { CallFaults } from "./call-faults.ts";
import { Followers } from "./followers.ts";
import { copyOplog, type OplogCopy } from "./oplog-copy.ts";
import { oplogPage, searchQuery } from "./oplog-page.ts";
import type { ShardWorkerOperations, WorkerPage } from "./protocol.ts";
import { queuedInvocation, resultInForm } from "./shard-invocation.ts";
import { ShardSimulation } from "./shard-simulation.ts";
import { ShardWorkers } from "./shard-workers.ts";
import type { WorkerStore } from "./worker-store.ts";

/** One thread's workers: whatever happens to a worker happens in its shard, one thing at a time. */
export class Shard implements ShardWorkerOperations {
  /** For tests. */
  readonly simulation: ShardSimulation;
  readonly #store: WorkerStore;
  readonly #shared: SharedStores;
  readonly #turns: Turns;
  readonly #workers: ShardWorkers;
  readonly #followers: Followers;
  readonly #faults = new CallFaults();

  constructor(parts: ShardParts) {
    this.#store = parts.store;
    this.#shared = parts.shared;
    this.#turns = parts.turns;
    this.#workers = new ShardWorkers(parts, this);
    this.simulation = new ShardSimulation(this.#workers, this.#faults, parts.clock);
    this.#followers = new Followers(parts.router);
  }

  async create(
    id: WorkerId,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly componentVersion: number }> {
    assertWorkerName(id.workerName);
    const component = await this.#workers.components.latest(id.componentId);
    if (this.#workers.find(id) !== undefined)
      throw new GolemError({ type: "WorkerAlreadyExists", workerId: id });
    this.#workers.create(id, component, { args, env });
    return { componentVersion: component.component.versionedComponentId.version };
  }

  invoke(id: WorkerId, invocation: Invocation, caller?: CallerInfo): Promise<void> {
    return this.#called(id, invocation, caller, async () => {
      const { worker, component } = await this.#workers.findOrCreate(id, invocation.function, caller);
      worker.invoke(queuedInvocation(invocation, component.export(invocation.function), id));
    });
  }

  invokeAndAwait(id: WorkerId, invocation: Invocation, caller?: CallerInfo): Promise<InvocationResult> {
    return this.#called(id, invocation, caller, async () => {
      const { worker, component } = await this.#workers.findOrCreate(id, invocation.function, caller);
      const target = component.export(invocation.function);
      const value = await answerOf(worker, queuedInvocation(invocation, target, id), target);
      return resultInForm(invocation.params.form, target, value, id);
    });
  }

  /** Calls of other workers may go wrong. */
  #called<T>(
    id: WorkerId,
    invocation: Invocation,
    caller: CallerInfo | undefined,
    call: () => Promise<T>,
  ): Promise<T> {
    return this.#workers.activity.passing(() =>
      caller === undefined ? call() : this.#faults.meet(id, invocation.function, call),
    );
  }

  get(id: WorkerId): WorkerMetadata {
    return workerMetadata(id, this.#workers.existing(id).journal.state);
  }

  /** Workers are read one by one, however long their oplogs are: others have their turn between. */
  async list(
    partition: number,
    componentId: string,
    after: number,
    count: number,
    filter?: WorkerFilter,
  ): Promise<WorkerPage> {
    const workers: WorkerMetadata[] = [];
    let row = after;
    while (workers.length < count) {
      const batch = this.#store.list(partition, componentId, row, count);
      for (const stored of batch) {
        row = stored.row;
        if (this.#turns.isOver) await this.#turns.next("little");
        const worker = this.#workers.find(stored.id);
        // It may have been deleted meanwhile.
        if (worker === undefined) continue;
        const metadata = workerMetadata(stored.id, worker.journal.state);
        if (filter === undefined || matchesFilter(filter, metadata)) workers.push(metadata);
        if (workers.length === count) break;
      }
      if (batch.length < count) return { workers, next: workers.length === count ? row : null };
    }
    return { workers, next: row };
  }

  async startAnew(id: WorkerId, by: CallId): Promise<{ readonly componentVersion: number }> {
    const { component } = await this.#workers.startAnew(id, by);
    this.#followers.endAll(id);
    return { componentVersion: component.versionedComponentId.version };
  }

  async delete(id: WorkerId): Promise<void> {
    await this.#workers.delete(id);
    this.#faults.cancel(id);
    this.#followers.endAll(id);
  }

  files(id: WorkerId, path: string): Promise<readonly FileNode[]> {
    return this.#workers.existing(id).look(({ files }) => listFiles(files, path));
  }

  fileContents(id: WorkerId, path: string): Promise<Uint8Array> {
    return this.#workers.existing(id).look(({ files }) => readFile(files, path));
  }

  handles(id: WorkerId): Promise<Readonly<Record<string, number>>> {
    return this.#workers.existing(id).look(({ handles }) => handles);
  }

  async oplog(id: WorkerId, from: number, count: number, query?: string): Promise<OplogPage> {
    const search = query === undefined ? undefined : searchQuery(query);
    const worker = this.#workers.find(id);
    if (worker === undefined) return { entries: [], next: null, firstIndexInChunk: from, lastIndex: 0 };
    const component = await this.#workers.components.version(
      id.componentId,
      worker.journal.state.componentVersion,
    );
    return oplogPage(id, worker.journal, component, from, count, search);
  }

  async interrupt(id: WorkerId): Promise<void> {
    const wasInterrupted = this.#isInterrupted(id);
    await this.#workers.find(id)?.stop({ type: "interrupt" });
    // As on Golem, who listens to a worker learns by the end of the connection that it was interrupted.
    if (!wasInterrupted && this.#isInterrupted(id)) this.#followers.endAll(id);
  }

  #isInterrupted(id: WorkerId): boolean {
    return this.#workers.find(id)?.journal.state.status === "Interrupted";
  }

  async crash(id: WorkerId): Promise<void> {
    await this.#workers.find(id)?.stop({ type: "restart" });
  }

  resume(id: WorkerId): void {
    const worker = this.#workers.existing(id);
    const { status } = worker.journal.state;
    assertNotOver(worker.journal.state);
    if (status !== "Suspended" && status !== "Interrupted" && status !== "Idle") {
      throw new GolemError({ type: "InvalidRequest", details: `Cannot resume a worker that is ${status}` });
    }
    worker.wake();
  }

  async update(id: WorkerId, mode: UpdateMode, targetVersion: number, by: CallId): Promise<void> {
    (await this.#workers.updatable(id)).update(mode, targetVersion, by);
  }

  async move(id: WorkerId, targetVersion: number, by: CallId, anyResult: boolean): Promise<MoveOutcome> {
    return (await this.#workers.updatable(id)).mover.move(targetVersion, by, anyResult);
  }

  copyOplog(id: WorkerId, cutOff: number): OplogCopy {
    return copyOplog(this.#workers.existing(id).journal, cutOff);
  }

  hasCarriedOut(id: WorkerId, by: CallId): boolean {
    return this.#workers.find(id)?.journal.hasCarriedOut(by) === true;
  }

  fork(id: WorkerId, copy: OplogCopy, own: readonly OplogEntryCase[], by: CallId): void {
    assertWorkerName(id.workerName);
    const existing = this.#workers.find(id);
    if (existing?.journal.hasCarriedOut(by) === true) return;
    if (existing !== undefined) throw new GolemError({ type: "WorkerAlreadyExists", workerId: id });
    this.#workers.fork(id, copy, own, by);
  }

  async revert(id: WorkerId, target: RevertTarget, by: CallId): Promise<void> {
    await this.#workers.existing(id).revert(target, by);
  }

  cancel(id: WorkerId, idempotencyKey: string): boolean {
    return this.#workers.existing(id).cancel(idempotencyKey);
  }

  wake(id: WorkerId): void {
    this.#workers.wake(id);
  }

  activate(): readonly string[] {
    const damage: string[] = [];
    const note = (error: StorageError): void => void damage.push(error.message);
    for (const { id } of this.#store.active(note)) {
      try {
        this.#workers.find(id)?.wake();
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        note(error);
      }
    }
    return damage;
  }

  async follow(id: WorkerId, subscription: string): Promise<void> {
    await this.#followers.follow(id, this.#workers.existing(id).journal, subscription);
  }

  unfollow(subscription: string): void {
    this.#followers.unfollow(subscription);
  }

  /** The answer is all there is to it. */
  ping(): void {}

  async close(): Promise<void> {
    await this.#workers.close();
    this.#store.close();
    this.#shared.close();
  }
}
