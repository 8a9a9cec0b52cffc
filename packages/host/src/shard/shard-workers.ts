import { type WorkerId, workerIdText } from "../ground/api/worker-id.ts";
import type { CallId } from "../ground/api/call-id.ts";
import type { CallerInfo } from "../ground/api/caller-info.ts";
import { GolemError } from "../ground/golem-error.ts";
import type { OplogEntryCase } from "../oplog/entry.ts";
import type { CrashPlan } from "../journal/crash-plan.ts";
import type { Journal } from "../journal/journal.ts";
import { Worker } from "../worker/worker.ts";
import { assertWorkerName } from "../worker/worker-name.ts";
import { Activity } from "./activity.ts";
import { ComponentCache } from "./component-cache.ts";
import { CrashPlans } from "./crash-plans.ts";
import { mergedEnvironment, ownEnvironment } from "./guest-environment.ts";
import { MoveQueue } from "./move-queue.ts";
import { KnownWorkers } from "./known-workers.ts";
import type { LoadedComponent } from "../worker/instance/loaded-component.ts";
import { assertUsable } from "./assert-usable.ts";
import type { ShardParts } from "./shard-parts.ts";
import type { OplogCopy } from "./oplog-copy.ts";
import type { CallTarget } from "./shard-rpc.ts";
import { RestingWorkers } from "./resting-workers.ts";
import { tellAll } from "./tell-all.ts";
import { WorkerInstances } from "./worker-instances.ts";
import type { WorkerOrigin } from "./worker-origin.ts";

/** The workers of one shard that are in memory, and how the others get there. */
export class ShardWorkers {
  readonly components: ComponentCache;
  readonly activity: Activity;
  readonly #parts: ShardParts;
  readonly instances: WorkerInstances;
  readonly resting: RestingWorkers;
  readonly #workers = new KnownWorkers();
  readonly #moves = new MoveQueue();
  readonly #crashes = new CrashPlans();

  /** @param here takes the calls to workers of this shard */
  constructor(parts: ShardParts, here: CallTarget) {
    this.#parts = parts;
    this.activity = new Activity();
    this.resting = new RestingWorkers(parts.options, {
      forget: ({ id }) => this.#workers.release(workerIdText(id)),
      replay: (worker) => this.instances.replayWorker(worker),
      random: () => Math.random(),
      notice: ({ id }, message) => void parts.router.call("notice", id, message),
    });
    this.components = new ComponentCache(parts);
    this.instances = new WorkerInstances(parts, this.components, this.activity, here, this.#scheduled);
  }

  /** Loads the worker if it is not in memory. */
  find(id: WorkerId): Worker | undefined {
    const known = this.#workers.find(workerIdText(id));
    if (known !== undefined) return known;
    const stored = this.#parts.store.load(id);
    return stored && this.#add(id, stored);
  }

  /** What the worker waited for may have happened. */
  wake(id: WorkerId): void {
    this.find(id)?.wake();
    this.instances.bells.ring(id);
  }

  /** @throws GolemError `WorkerNotFound` */
  existing(id: WorkerId): Worker {
    const worker = this.find(id);
    if (worker === undefined) throw new GolemError({ type: "WorkerNotFound", workerId: id });
    return worker;
  }

  /**
   * The worker and the component version it runs; a new worker runs the latest.
   *
   * @param called the function: for one that there is not, no worker is created unless a worker calls
   * @throws GolemError
   */
  async findOrCreate(
    id: WorkerId,
    called: string,
    caller?: CallerInfo,
  ): Promise<{ worker: Worker; component: LoadedComponent }> {
    const known = this.find(id);
    if (known !== undefined) {
      await known.updated();
      return { worker: known, component: await this.componentOf(known) };
    }
    assertWorkerName(id.workerName);
    const component = await this.components.latest(id.componentId);
    // What a worker calls is looked for by the worker that is called, as on Golem.
    if (caller === undefined) component.export(called);
    // Another call may have created it meanwhile.
    const worker =
      this.find(id) ??
      this.create(id, component, { ...caller, parent: caller?.workerId ?? null, byCall: true });
    return { worker, component };
  }

  /** @throws GolemError `WorkerNotFound`; `InvalidRequest` if no version can take the place of the worker's */
  async updatable(id: WorkerId): Promise<Worker> {
    const worker = this.existing(id);
    const { component } = await this.componentOf(worker);
    if (component.componentType === "Ephemeral")
      throw new GolemError({ type: "InvalidRequest", details: "Ephemeral workers cannot be updated" });
    return worker;
  }

  /** The version that the worker runs. */
  componentOf({ id, journal }: Worker): Promise<LoadedComponent> {
    return this.components.version(id.componentId, journal.state.componentVersion);
  }

  /**
   * The worker must not be in memory.
   *
   * @param by the call that makes it anew
   * @throws GolemError `WorkerCreationFailed` if its component cannot be instantiated
   */
  create(
    id: WorkerId,
    { component, problem }: LoadedComponent,
    { args = [], env = {}, parent = null, by, byCall = false }: WorkerOrigin,
  ): Worker {
    assertUsable(id, { problem });
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
      ...(by !== undefined && { by }),
    });
    return this.#add(id, stored, byCall);
  }

  /** The worker must not exist; it goes on where the copy ends. */
  fork(id: WorkerId, copy: OplogCopy, own: readonly OplogEntryCase[], by: CallId): void {
    this.#add(id, this.#parts.store.createFork(id, copy, own, by)).wake();
  }

  /** Where the worker is to crash, also if it does not exist yet. */
  crashes(id: WorkerId): CrashPlan {
    const key = workerIdText(id);
    const plan = this.#crashes.of(key);
    const worker = this.find(id);
    if (worker !== undefined) worker.journal.crashes = plan;
    return plan;
  }

  #add(id: WorkerId, journal: Journal, createdByCall = false): Worker {
    const key = workerIdText(id);
    journal.crashes = this.#crashes.find(key);
    const worker: Worker = new Worker(id, journal, {
      instantiate: (version) => this.instances.instantiate(worker, version),
      wakeAt: (at) => this.#wakeAt(worker, at),
      idle: () => this.resting.rests(worker),
      moveSoon: () => this.#moves.add(worker.mover),
      notice: (message) => void this.#parts.router.call("notice", id, message),
      activity: this.activity.of(key),
      delay: (milliseconds, signal) => this.#delay(key, milliseconds, signal),
      random: () => Math.random(),
      createdByCall,
    });
    if (this.#parts.options.tellsAll) tellAll(worker, this.#parts.router);
    this.#workers.keep(key, worker);
    this.resting.add(worker);
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

  readonly #scheduled = (): void => void this.#parts.router.call("scheduled");

  /**
   * Makes the worker anew, of the latest version and with nothing but its name, arguments and environment.
   *
   * @throws GolemError `WorkerNotFound`, `WorkerCreationFailed`: it stays as it is
   */
  async startAnew(id: WorkerId, by: CallId): Promise<LoadedComponent> {
    const { journal } = this.existing(id);
    const latest = await this.components.latest(id.componentId);
    if (journal.hasCarriedOut(by)) return latest;
    assertUsable(id, latest);
    const { args, env, parent, componentVersion } = journal.state.create;
    const { component } = await this.components.version(id.componentId, componentVersion);
    await this.#end(id);
    this.create(id, latest, { args, env: ownEnvironment(env, component), parent, by });
    return latest;
  }

  /** Ends the worker and removes everything about it. */
  async delete(id: WorkerId): Promise<void> {
    await this.#end(id);
    this.#parts.store.delete(id);
    const key = workerIdText(id);
    this.#crashes.cancel(key);
  }

  /** Ends what the worker does, and removes what others keep for it. */
  async #end(id: WorkerId): Promise<void> {
    const key = workerIdText(id);
    const worker = this.#workers.find(key);
    if (worker !== undefined) {
      await worker.end();
      this.#moves.remove(worker.mover);
      this.resting.remove(worker);
      worker.unload();
      this.#workers.delete(key);
    }
    this.#parts.shared.promises.deleteAll(id);
    this.#parts.shared.blobs.forgetMoves(id);
  }

  /** Ends and removes every worker of this shard. */
  async reset(): Promise<void> {
    const workers = this.#workers.all();
    this.#moves.clear();
    await Promise.all(workers.map((worker) => worker.end()));
    for (const worker of workers) {
      this.resting.remove(worker);
      worker.unload();
    }
    this.#crashes.cancelAll();
    this.#workers.clear();
    this.#parts.store.clear();
  }

  async close(): Promise<void> {
    this.#moves.clear();
    const workers = this.#workers.all();
    this.resting.imaging.end(workers);
    await Promise.all(workers.map((worker) => worker.stop({ type: "shutdown" })));
  }
}
