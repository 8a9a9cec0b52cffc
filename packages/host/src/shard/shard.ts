import { setTimeout as delay } from "node:timers/promises";

import type {
  Invocation,
  InvocationResult,
  OplogPage,
  WorkerFilter,
  WorkerId,
  WorkerMetadata,
} from "../api.ts";
import { matchesFilter } from "../filter/matches-filter.ts";
import { GolemError, workerIdText } from "../golem-error.ts";
import type { CallerInfo } from "../rpc/rpc-caller.ts";
import type { SharedStores } from "../storage/shared-stores.ts";
import type { InstanceSurroundings } from "../worker/running-instance.ts";
import { Worker, type WorkerSurroundings } from "../worker/worker.ts";
import { workerMetadata } from "../worker/worker-metadata.ts";
import { assertWorkerName } from "../worker/worker-name.ts";
import type { Channel } from "./channel.ts";
import { guestEnvironment } from "./guest-environment.ts";
import { IdleInstances } from "./idle-instances.ts";
import { LoadedComponent } from "./loaded-component.ts";
import { oplogPage } from "./oplog-page.ts";
import type { RouterOperations, ShardOperations, ShardOptions, WorkerPage } from "./protocol.ts";
import { queuedInvocation, resultInForm } from "./shard-invocation.ts";
import { type CallTarget, ShardRpc } from "./shard-rpc.ts";
import { workerDirectory } from "./shard-directory.ts";
import type { StoredJournal, WorkerStore } from "./worker-store.ts";

/** One thread's workers: whatever happens to a worker happens in its shard, one thing at a time. */
export class Shard implements ShardOperations {
  readonly #store: WorkerStore;
  readonly #shared: SharedStores;
  readonly #router: Channel<RouterOperations>;
  readonly #now: () => number;
  readonly #idle: IdleInstances;
  readonly #surroundings: WorkerSurroundings;
  readonly #components = new Map<string, Promise<LoadedComponent>>();
  readonly #workers = new Map<string, Worker>();
  #closing = false;

  constructor(
    options: ShardOptions,
    store: WorkerStore,
    shared: SharedStores,
    router: Channel<RouterOperations>,
    now: () => number,
  ) {
    this.#store = store;
    this.#shared = shared;
    this.#router = router;
    this.#now = now;
    this.#idle = new IdleInstances(options.maxIdleInstances);
    this.#surroundings = {
      suspendAfter: options.suspendAfter,
      loadComponent: (componentId, version) => this.#component(componentId, version),
      instanceSurroundings: (worker, component) => this.#instanceSurroundings(worker, component),
      wakeAt: (worker, at) => this.#wakeAt(worker, at),
      idle: (worker) => this.#idle.add(worker),
      delay: (milliseconds) => delay(milliseconds),
      random: () => Math.random(),
    };
  }

  async create(
    id: WorkerId,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly componentVersion: number }> {
    assertWorkerName(id.workerName);
    const component = await this.#latest(id.componentId);
    if (this.#find(id) !== undefined) throw new GolemError({ type: "WorkerAlreadyExists", workerId: id });
    this.#createWorker(id, component, args, env, null);
    return { componentVersion: component.component.versionedComponentId.version };
  }

  async invoke(id: WorkerId, invocation: Invocation, caller?: CallerInfo): Promise<void> {
    const { worker, component } = await this.#findOrCreate(id, caller);
    worker.invoke(queuedInvocation(invocation, component.export(invocation.function), id));
  }

  async invokeAndAwait(id: WorkerId, invocation: Invocation, caller?: CallerInfo): Promise<InvocationResult> {
    const { worker, component } = await this.#findOrCreate(id, caller);
    const target = component.export(invocation.function);
    const value = await worker.invokeAndAwait(queuedInvocation(invocation, target, id));
    return resultInForm(invocation.params.form, target, value, id);
  }

  get(id: WorkerId): WorkerMetadata {
    return workerMetadata(id, this.#existing(id).journal.state);
  }

  list(
    partition: number,
    componentId: string,
    after: number,
    count: number,
    filter?: WorkerFilter,
  ): WorkerPage {
    const workers: WorkerMetadata[] = [];
    let row = after;
    while (workers.length < count) {
      const batch = this.#store.list(partition, componentId, row, count);
      for (const stored of batch) {
        row = stored.row;
        const metadata = workerMetadata(stored.id, this.#existing(stored.id).journal.state);
        if (filter === undefined || matchesFilter(filter, metadata)) workers.push(metadata);
        if (workers.length === count) break;
      }
      if (batch.length < count) return { workers, next: workers.length === count ? row : null };
    }
    return { workers, next: row };
  }

  async delete(id: WorkerId): Promise<void> {
    const worker = this.#workers.get(workerIdText(id));
    await worker?.stop({ type: "shutdown" });
    if (worker !== undefined) this.#idle.remove(worker);
    this.#workers.delete(workerIdText(id));
    this.#shared.promises.deleteAll(id);
    this.#store.delete(id);
  }

  async oplog(id: WorkerId, from: number, count: number): Promise<OplogPage> {
    const worker = this.#find(id);
    if (worker === undefined) return { entries: [], next: null, firstIndexInChunk: 0, lastIndex: 0 };
    const component = await this.#component(id.componentId, worker.journal.state.componentVersion);
    return oplogPage(id, worker.journal, component, from, count);
  }

  async interrupt(id: WorkerId, recoverImmediately: boolean): Promise<void> {
    await this.#find(id)?.stop({ type: recoverImmediately ? "restart" : "interrupt" });
  }

  resume(id: WorkerId): void {
    const worker = this.#existing(id);
    const { status } = worker.journal.state;
    if (status !== "Suspended" && status !== "Interrupted" && status !== "Idle") {
      throw new GolemError({ type: "InvalidRequest", details: `Cannot resume a worker that is ${status}` });
    }
    worker.wake();
  }

  cancel(id: WorkerId, idempotencyKey: string): boolean {
    return this.#existing(id).cancel(idempotencyKey);
  }

  wake(id: WorkerId): void {
    this.#find(id)?.wake();
  }

  activate(): void {
    for (const { id } of this.#store.active()) this.#find(id)?.wake();
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#workers.values()].map((worker) => worker.stop({ type: "shutdown" })));
    this.#store.close();
    this.#shared.close();
  }

  #find(id: WorkerId): Worker | undefined {
    const key = workerIdText(id);
    const known = this.#workers.get(key);
    if (known !== undefined) return known;
    const stored = this.#store.load(id);
    return stored && this.#add(id, stored);
  }

  /** @throws GolemError `WorkerNotFound` */
  #existing(id: WorkerId): Worker {
    const worker = this.#find(id);
    if (worker === undefined) throw new GolemError({ type: "WorkerNotFound", workerId: id });
    return worker;
  }

  /** The worker and the component version it runs; a new worker runs the latest. */
  async #findOrCreate(
    id: WorkerId,
    caller?: CallerInfo,
  ): Promise<{ worker: Worker; component: LoadedComponent }> {
    const known = this.#find(id);
    if (known !== undefined) {
      return {
        worker: known,
        component: await this.#component(id.componentId, known.journal.state.componentVersion),
      };
    }
    assertWorkerName(id.workerName);
    const component = await this.#latest(id.componentId);
    // Another call may have created it meanwhile.
    const worker =
      this.#find(id) ??
      this.#createWorker(id, component, caller?.args ?? [], caller?.env ?? {}, caller?.workerId ?? null);
    return { worker, component };
  }

  #createWorker(
    id: WorkerId,
    { component }: LoadedComponent,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    parent: WorkerId | null,
  ): Worker {
    const stored = this.#store.create(id, {
      type: "Create",
      workerId: id,
      componentVersion: component.versionedComponentId.version,
      args,
      env,
      parent,
      componentSize: component.componentSize,
      initialTotalLinearMemorySize: component.metadata.memories.reduce(
        (sum, memory) => sum + memory.initial,
        0,
      ),
    });
    return this.#add(id, stored);
  }

  #add(id: WorkerId, { journal }: StoredJournal): Worker {
    const worker = new Worker(id, journal, this.#surroundings);
    this.#workers.set(workerIdText(id), worker);
    return worker;
  }

  #latest(componentId: string): Promise<LoadedComponent> {
    const version = this.#shared.components.latestVersion(componentId);
    if (version === undefined)
      return Promise.reject(new GolemError({ type: "ComponentNotFound", componentId }));
    return this.#component(componentId, version);
  }

  #component(componentId: string, version: number): Promise<LoadedComponent> {
    const key = `${componentId}@${version}`;
    let loading = this.#components.get(key);
    if (loading === undefined) {
      loading = this.#router
        .call("component", componentId, version)
        .then(({ component, world, code }) => new LoadedComponent(component, world, code));
      this.#components.set(key, loading);
      loading.catch(() => this.#components.delete(key));
    }
    return loading;
  }

  #wakeAt(worker: Worker, at: number): void {
    const id = `wake/${workerIdText(worker.id)}/${worker.journal.oplog.lastIndex}`;
    this.#shared.schedule.add({ id, at, action: { type: "wake", workerId: worker.id } });
    if (!this.#closing) void this.#router.call("scheduled");
  }

  #instanceSurroundings(worker: Worker, { component }: LoadedComponent): InstanceSurroundings {
    const { args, env } = worker.journal.state.create;
    const environment = guestEnvironment(worker.id, env, component);
    const caller = { workerId: worker.id, args, env: Object.fromEntries(environment) };
    const scheduled = (): void => void this.#router.call("scheduled");
    return {
      workerId: worker.id,
      args,
      environment,
      keyValue: this.#shared.keyValue,
      blobs: this.#shared.blobs,
      rpc: new ShardRpc(
        caller,
        (id) => (this.#store.owns(id) ? this : routed(this.#router)),
        this.#shared,
        scheduled,
      ),
      workers: workerDirectory(worker, this.#shared, this.#router),
      now: () => BigInt(Math.round(this.#now() * 1_000_000)),
    };
  }
}

/** The way to the workers of other shards. */
function routed(router: Channel<RouterOperations>): CallTarget {
  return {
    invoke: (id, invocation, caller) => router.call("invoke", id, invocation, caller),
    invokeAndAwait: (id, invocation, caller) => router.call("invokeAndAwait", id, invocation, caller),
  };
}
