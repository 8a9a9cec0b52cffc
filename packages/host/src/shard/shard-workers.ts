import type { WorkerId } from "../ground/api/workers.ts";
import type { HostClock } from "../ground/clock/host-clock.ts";
import { GolemError, workerIdText } from "../ground/golem-error.ts";
import type { CallId, OplogEntry, OplogEntryCase } from "../oplog/entry.ts";
import type { CallerInfo } from "../interfaces/rpc/rpc-caller.ts";
import type { InstanceFiles } from "../filesystem/instance-files.ts";
import type { NetworkPolicy } from "../ground/network/network-policy.ts";
import type { SharedStores } from "../storage/shared-stores.ts";
import { type InstanceSurroundings, RunningInstance } from "../worker/instance/running-instance.ts";
import { CrashPlan } from "../journal/crash-plan.ts";
import type { Journal } from "../journal/journal.ts";
import { checkReplay, RecordedJournal, type ReplayReport } from "../worker/replay-check.ts";
import { Worker } from "../worker/worker.ts";
import { assertWorkerName } from "../worker/worker-name.ts";
import { Activity } from "./activity.ts";
import type { Channel } from "./channel.ts";
import { ComponentCache } from "./component-cache.ts";
import { guestEnvironment, mergedEnvironment } from "./guest-environment.ts";
import { IdleWorkers } from "./idle-workers.ts";
import { KnownWorkers } from "./known-workers.ts";
import type { LoadedComponent } from "../worker/instance/loaded-component.ts";
import type { RouterOperations, ShardOptions } from "./protocol.ts";
import type { OplogCopy } from "./oplog-copy.ts";
import { RunningNames } from "./running-names.ts";
import { type CallTarget, routed, ShardRpc } from "./shard-rpc.ts";
import { workerDirectory } from "./shard-directory.ts";
import type { WorkerStore } from "./worker-store.ts";

export interface ShardParts {
  readonly options: ShardOptions;
  readonly store: WorkerStore;
  readonly shared: SharedStores;
  readonly files: InstanceFiles;
  readonly network: NetworkPolicy;
  readonly router: Channel<RouterOperations>;
  readonly clock: HostClock;
}

/** The workers of one shard that are in memory, and how the others get there. */
export class ShardWorkers {
  readonly components: ComponentCache;
  readonly activity: Activity;
  readonly #parts: ShardParts;
  readonly #here: CallTarget;
  readonly #elsewhere: CallTarget;
  readonly #idle: IdleWorkers;
  readonly #workers = new KnownWorkers();
  readonly #crashes = new Map<string, CrashPlan>();

  /** @param here takes the calls to workers of this shard */
  constructor(parts: ShardParts, here: CallTarget) {
    this.#parts = parts;
    this.activity = new Activity(new RunningNames(parts.options.running));
    this.#here = here;
    this.#elsewhere = routed(parts.router);
    const { maxIdleInstances: instances, maxIdleMemory: memory } = parts.options;
    this.#idle = new IdleWorkers({ instances, memory }, ({ id }) => this.#workers.release(workerIdText(id)));
    this.components = new ComponentCache(parts);
  }

  /** Loads the worker if it is not in memory. */
  find(id: WorkerId): Worker | undefined {
    const known = this.#workers.find(workerIdText(id));
    if (known !== undefined) return known;
    const stored = this.#parts.store.load(id);
    return stored && this.#add(id, stored);
  }

  /** @throws GolemError `WorkerNotFound` */
  existing(id: WorkerId): Worker {
    const worker = this.find(id);
    if (worker === undefined) throw new GolemError({ type: "WorkerNotFound", workerId: id });
    return worker;
  }

  /** The worker and the component version it runs; a new worker runs the latest. */
  async findOrCreate(
    id: WorkerId,
    caller?: CallerInfo,
  ): Promise<{ worker: Worker; component: LoadedComponent }> {
    const known = this.find(id);
    if (known !== undefined) {
      await known.updated();
      return { worker: known, component: await this.componentOf(known) };
    }
    assertWorkerName(id.workerName);
    const component = await this.components.latest(id.componentId);
    // Another call may have created it meanwhile.
    const worker =
      this.find(id) ??
      this.create(id, component, caller?.args ?? [], caller?.env ?? {}, caller?.workerId ?? null);
    return { worker, component };
  }

  /** The version that the worker runs. */
  componentOf({ id, journal }: Worker): Promise<LoadedComponent> {
    return this.components.version(id.componentId, journal.state.componentVersion);
  }

  /** The worker must not exist. @throws GolemError `WorkerCreationFailed` if its component cannot be instantiated */
  create(
    id: WorkerId,
    { component, problem }: LoadedComponent,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    parent: WorkerId | null,
  ): Worker {
    if (problem !== undefined)
      throw new GolemError({ type: "WorkerCreationFailed", workerId: id, details: problem });
    const stored = this.#parts.store.create(id, {
      type: "Create",
      workerId: id,
      componentVersion: component.versionedComponentId.version,
      args,
      env: mergedEnvironment(env, component),
      parent,
      componentSize: component.componentSize,
      initialTotalLinearMemorySize: component.metadata.memories.reduce(
        (sum, memory) => sum + memory.initial,
        0,
      ),
    });
    return this.#add(id, stored);
  }

  /** The worker must not exist; it goes on where the copy ends. */
  fork(id: WorkerId, copy: OplogCopy, own: readonly OplogEntryCase[], by: CallId): void {
    this.#add(id, this.#parts.store.createFork(id, copy, own, by)).wake();
  }

  /** Where the worker is to crash, also if it does not exist yet. */
  crashes(id: WorkerId): CrashPlan {
    const key = workerIdText(id);
    const plan = this.#crashes.get(key) ?? new CrashPlan();
    this.#crashes.set(key, plan);
    const worker = this.find(id);
    if (worker !== undefined) worker.journal.crashes = plan;
    return plan;
  }

  #add(id: WorkerId, journal: Journal): Worker {
    const key = workerIdText(id);
    journal.crashes = this.#crashes.get(key);
    const worker: Worker = new Worker(id, journal, {
      instantiate: (version) => this.#instantiate(worker, version),
      wakeAt: (at) => this.#wakeAt(worker, at),
      idle: () => this.#idle.add(worker),
      activity: this.activity.of(key),
      delay: (milliseconds, signal) => this.#delay(key, milliseconds, signal),
      random: () => Math.random(),
    });
    this.#workers.keep(key, worker);
    this.#idle.add(worker);
    return worker;
  }

  async #delay(key: string, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#parts.options.retryDelays) await this.#parts.clock.sleep(milliseconds, signal, key);
  }

  #wakeAt(worker: Worker, at: number): void {
    const id = `wake/${workerIdText(worker.id)}/${worker.journal.oplog.lastIndex}`;
    this.#parts.shared.schedule.add({ id, at, action: { type: "wake", workerId: worker.id } });
    this.#scheduled();
  }

  #scheduled(): void {
    void this.#parts.router.call("scheduled");
  }

  /** Replays these entries on a version of the component, beside whatever worker has them. @throws GolemError */
  async replay(id: WorkerId, version: number, entries: readonly OplogEntry[]): Promise<ReplayReport> {
    const { component } = await this.components.version(id.componentId, version);
    if (component.componentType === "Ephemeral")
      throw new GolemError({ type: "InvalidRequest", details: "Ephemeral workers are not replayed" });
    const journal = new RecordedJournal(entries);
    return checkReplay(journal, () => this.#instantiate({ id, journal }, version));
  }

  async #instantiate(worker: Pick<Worker, "id" | "journal">, version: number): Promise<RunningInstance> {
    const { id, journal } = worker;
    const component = await this.components.version(id.componentId, version);
    if (component.problem !== undefined) throw new Error(component.problem);
    if (component.component.componentType === "Ephemeral") journal.beginAnew();
    const { args, env } = journal.state.create;
    const environment = guestEnvironment(id, env, component.component);
    const caller = { workerId: id, args, env: Object.fromEntries(environment) };
    const surroundings: InstanceSurroundings = {
      workerId: id,
      args,
      environment,
      keyValue: this.#parts.shared.keyValue,
      blobs: this.#parts.shared.blobs,
      files: this.#parts.files.of(component.component),
      rpc: new ShardRpc(
        caller,
        (target) => this.#callTarget(target),
        this.#parts.shared,
        () => this.#scheduled(),
      ),
      network: this.#parts.network,
      workers: workerDirectory(worker, this.#parts.shared, this.#parts.router),
      clock: this.#parts.clock,
      now: () => BigInt(Math.round(this.#parts.clock.now() * 1_000_000)),
    };
    return RunningInstance.create(component, journal, surroundings, {
      suspendAfter: this.#parts.options.suspendAfter,
      activity: this.activity.of(workerIdText(id)),
    });
  }

  /** Where calls to a worker go: it may be one of this shard, or the router finds it. */
  #callTarget(id: WorkerId): CallTarget {
    return this.#parts.store.owns(id) ? this.#here : this.#elsewhere;
  }

  /** Ends the worker and removes everything about it. */
  async delete(id: WorkerId): Promise<void> {
    const key = workerIdText(id);
    const worker = this.#workers.find(key);
    if (worker !== undefined) {
      await worker.end();
      this.#idle.remove(worker);
      this.#workers.delete(key);
    }
    this.#parts.shared.promises.deleteAll(id);
    this.#parts.shared.blobs.forgetMoves(id);
    this.#parts.store.delete(id);
    this.#crashes.get(key)?.cancel();
    this.#crashes.delete(key);
  }

  /** Ends and removes every worker of this shard. */
  async reset(): Promise<void> {
    const workers = this.#workers.all();
    await Promise.all(workers.map((worker) => worker.end()));
    for (const worker of workers) {
      this.#idle.remove(worker);
      worker.unload();
    }
    for (const plan of this.#crashes.values()) plan.cancel();
    this.#crashes.clear();
    this.#workers.clear();
    this.#parts.store.clear();
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.all().map((worker) => worker.stop({ type: "shutdown" })));
  }
}
