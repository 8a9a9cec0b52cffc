import { Instance } from "../engine/instance.ts";
import { GolemError } from "../ground/golem-error.ts";
import { type WorkerId, workerIdText } from "../ground/api/worker-id.ts";
import type { ReplayReport } from "../ground/api/simulation.ts";
import type { Component } from "../ground/api/components.ts";
import type { OplogEntry } from "../oplog/entry.ts";
import type { InstanceSurroundings } from "../worker/instance/instance-options.ts";
import { RunningInstance } from "../worker/instance/running-instance.ts";
import { checkReplay, RecordedJournal } from "../worker/replay-check.ts";
import type { LoadedComponent } from "../worker/instance/loaded-component.ts";
import type { WorkerDirectory } from "../interfaces/worker-directory.ts";
import type { Worker } from "../worker/worker.ts";
import type { Activity } from "./activity.ts";
import type { ComponentCache } from "./component-cache.ts";
import { guestEnvironment } from "./guest-environment.ts";
import { workerDirectory } from "./shard-directory.ts";
import { strictDirectory } from "./strict-directory.ts";
import { PromiseBells } from "./promise-bells.ts";
import type { ShardParts } from "./shard-parts.ts";
import { type CallTarget, routed, ShardRpc } from "./shard-rpc.ts";

/** Makes instances of workers: each with what it may reach of the host. */
export class WorkerInstances {
  /** Of workers in memory, which wait for their promises beside other things. */
  readonly bells: PromiseBells;
  readonly #parts: ShardParts;
  readonly #components: ComponentCache;
  readonly #activity: Activity;
  readonly #here: CallTarget;
  readonly #elsewhere: CallTarget;
  readonly #onScheduled: () => void;

  /**
   * @param here takes the calls to workers of this shard
   * @param onScheduled something is to happen later
   */
  constructor(
    parts: ShardParts,
    components: ComponentCache,
    activity: Activity,
    here: CallTarget,
    onScheduled: () => void,
  ) {
    this.#parts = parts;
    this.bells = new PromiseBells(parts.shared.promises);
    this.#components = components;
    this.#activity = activity;
    this.#here = parts.departures?.target(here) ?? here;
    this.#elsewhere = routed(parts.router);
    this.#onScheduled = onScheduled;
  }

  /** Makes a fresh instance of a version of the worker's component. @throws GolemError `ComponentNotFound` */
  async instantiate(worker: Pick<Worker, "id" | "journal">, version: number): Promise<RunningInstance> {
    return this.#instantiate(worker, await this.#components.version(worker.id.componentId, version));
  }

  async #instantiate(
    worker: Pick<Worker, "id" | "journal">,
    component: LoadedComponent,
  ): Promise<RunningInstance> {
    const { id, journal } = worker;
    if (component.problem !== undefined) throw new Error(component.problem);
    // To make one takes tens of milliseconds, in which nothing else happens: many that are wanted at once would hold up the rest.
    await this.#parts.turns.next("nothing");
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
      rpc: new ShardRpc(caller, (target) => this.#callTarget(target), this.#parts.shared, this.#onScheduled),
      network: this.#parts.network,
      workers: this.#directoryOf(worker),
      clock: this.#parts.clock,
      now: () => BigInt(Math.round(this.#parts.clock.now() * 1_000_000)),
    };
    return RunningInstance.create(component, journal, surroundings, {
      suspendAfter: this.#parts.options.suspendAfter,
      activity: this.#activity.of(workerIdText(id)),
      turns: this.#parts.turns,
      limits: this.#parts.limits,
      strict: this.#parts.options.strict,
      notice: (message) => void this.#parts.router.call("notice", id, message),
      makeGuest: (imports, handles, policy) => Instance.create(component.code, imports, handles, policy),
    });
  }

  #directoryOf(worker: Pick<Worker, "id" | "journal">): WorkerDirectory {
    const directory = workerDirectory(worker, this.#parts.shared, this.#parts.router, this.bells);
    return this.#parts.options.strict === undefined
      ? directory
      : strictDirectory(directory, this.#parts.shared.promises);
  }

  /** Where calls to a worker go: it may be one of this shard, or the router finds it. */
  #callTarget(id: WorkerId): CallTarget {
    return this.#parts.store.owns(id) ? this.#here : this.#elsewhere;
  }

  /** Replays all that a worker has recorded on its own version, beside it. @throws GolemError */
  replayWorker({ id, journal: { oplog, state } }: Pick<Worker, "id" | "journal">): Promise<ReplayReport> {
    const entries = Array.from(oplog.entries(), ([, entry]) => entry);
    return this.replay(id, { componentId: id.componentId, version: state.componentVersion }, entries);
  }

  /**
   * Replays the entries of a worker on a version of a component, which need not be the worker's own here, beside whatever
   * worker has them.
   *
   * @throws GolemError
   */
  async replay(
    id: WorkerId,
    { componentId, version }: Component["versionedComponentId"],
    entries: readonly OplogEntry[],
  ): Promise<ReplayReport> {
    const loaded = await this.#components.version(componentId, version);
    if (loaded.component.componentType === "Ephemeral")
      throw new GolemError({ type: "InvalidRequest", details: "Ephemeral workers are not replayed" });
    const journal = new RecordedJournal(entries);
    return checkReplay(journal, () => this.#instantiate({ id, journal }, loaded));
  }
}
