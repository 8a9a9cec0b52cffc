import type { WitWorld } from "@golem-kit/wit";

import type { Component } from "../ground/api/components.ts";
import type { OplogPage, PublicOplogEntries } from "../ground/api/public-oplog.ts";
import type { WorkerFilter } from "../ground/filter/worker-filter.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import type { Strictness } from "../ground/api/strictness.ts";
import type { MoveOutcome } from "../ground/api/moves.ts";
import type { WorkerLimits } from "../ground/api/worker-limits.ts";
import type { WorkerMetadata } from "../ground/api/worker-metadata.ts";
import type { CallId } from "../ground/api/call-id.ts";
import type { CallerInfo } from "../ground/api/caller-info.ts";
import type { CrashPoint, ReplayReport } from "../ground/api/simulation.ts";
import type { FileNode, RevertTarget, UpdateMode, WorkerListing, Workers } from "../ground/api/workers.ts";
import type { Due } from "../ground/clock/host-clock.ts";
import type { Invocation, InvocationResult } from "../ground/api/invocation.ts";
import type { ComponentCode } from "../engine/transpiler.ts";
import type { OplogEntryCase } from "../oplog/entry.ts";
import type { DataPaths } from "../storage/data-directory.ts";
import type { PlannedCalls } from "../ground/api/simulation.ts";
import type { ActivityReport } from "./activity.ts";
import type { ShardCallFault } from "./call-faults.ts";
import type { OplogCopy } from "./oplog-copy.ts";
import type { LogAge, Synchronous } from "../storage/sqlite.ts";
import type { IndexedEvent } from "../journal/worker-events.ts";

/** What a shard thread is started with. */
export interface ShardOptions {
  /** Of the shard. */
  readonly number: number;
  readonly paths: Omit<DataPaths, "partition">;
  /** The partitions that this shard owns, by number, with their files. */
  readonly partitions: readonly { readonly number: number; readonly file: string }[];
  /** The folder for the files of this shard's instances. */
  readonly instances: string;
  readonly synchronous: Synchronous;
  readonly logAge: LogAge;
  readonly maxIdleInstances: number;
  /** Bytes, of this shard alone. */
  readonly maxIdleMemory: number;
  /** Bytes, of each worker. */
  readonly maxWorkerMemory: number;
  readonly suspendAfter: number;
  /** Entries since the last image of a worker after which one more is worth it; `undefined`: none is made, nor used. */
  readonly imageAfter: number | undefined;
  /** False: what has failed is tried again at once. */
  readonly retryDelays: boolean;
  /** Whether the router is told what happens in every worker. */
  readonly tellsAll: boolean;
  readonly limits: WorkerLimits;
  /** Bytes. */
  readonly minFreeDisk: number;
  /** Bytes, of all shards together. */
  readonly maxMemory: number;
  /** Bytes that the instances of each shard take, shared by all threads. */
  readonly memory: SharedArrayBuffer;
  /** Bytes of the disk that are free, shared by all threads. */
  readonly freeDisk: SharedArrayBuffer;
  /** How far the host's clock is ahead, shared by all threads. */
  readonly clock: SharedArrayBuffer;
  /** Where guests may go. */
  readonly allow: readonly string[];
  /** Origins by origin. */
  readonly routes: Readonly<Record<string, string>>;
  /** Whose faults the host has. */
  readonly strict: Strictness | undefined;
}

export interface ComponentPackage {
  readonly component: Component;
  readonly world: WitWorld;
  readonly code: ComponentCode;
}

export interface WorkerPage {
  readonly workers: readonly WorkerMetadata[];
  /** Row of the last worker looked at; `null` when there are no more. */
  readonly next: number | null;
}

/** What a shard does for the router. */
export type ShardOperations = ShardWorkerOperations & ShardSimulationOperations;

/** What a test may do to a shard. */
export type ShardSimulationOperations = {
  /** Simulates a crash of a worker, which need not exist yet, at a point that it comes to later. False: it never will. */
  planCrash(id: WorkerId, point: CrashPoint): Promise<boolean>;
  /** Lets calls of other workers to this one go wrong. */
  planFault(id: WorkerId, fault: ShardCallFault, calls: PlannedCalls): void;
  /** Lets the calls go on that a fault holds. */
  openGate(gate: string): void;
  activity(): ActivityReport;
  /** The first of those who wait for time. */
  nextTimer(): Due | undefined;
  /** What workers of this shard wait for, as long as they are in memory. */
  timers(): readonly Due[];
  /** The host's time was moved. */
  clockMoved(): void;
  /** From now on images are kept after so many entries; `undefined`: no more are. */
  keepImages(after: number | undefined): void;
  /** Replays a worker's oplog beside it. */
  replay(id: WorkerId): Promise<ReplayReport>;
  /** Replays an oplog of another place on a version of a component. */
  replayOn(componentId: string, version: number, entries: PublicOplogEntries): Promise<ReplayReport>;
  /** Ends and removes every worker. */
  reset(): Promise<void>;
};

export type ShardWorkerOperations = {
  create(
    id: WorkerId,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly componentVersion: number }>;
  invoke(id: WorkerId, invocation: Invocation, caller?: CallerInfo): Promise<void>;
  invokeAndAwait(id: WorkerId, invocation: Invocation, caller?: CallerInfo): Promise<InvocationResult>;
  get(id: WorkerId): WorkerMetadata;
  list(
    partition: number,
    componentId: string,
    after: number,
    count: number,
    filter?: WorkerFilter,
  ): Promise<WorkerPage>;
  /** Makes the worker anew of the latest version. */
  startAnew(id: WorkerId, by: CallId): Promise<{ readonly componentVersion: number }>;
  delete(id: WorkerId): Promise<void>;
  files(id: WorkerId, path: string): Promise<readonly FileNode[]>;
  fileContents(id: WorkerId, path: string): Promise<Uint8Array>;
  handles(id: WorkerId): Promise<Readonly<Record<string, number>>>;
  oplog(id: WorkerId, from: number, count: number, query?: string): Promise<OplogPage>;
  /** @param unfinished invocations that were lost with an earlier thread: they run when the worker is resumed */
  interrupt(id: WorkerId): Promise<void>;
  /** Simulates a crash: the worker's instance is lost, and it recovers at once. */
  crash(id: WorkerId): Promise<void>;
  resume(id: WorkerId): void;
  /** The worker's oplog up to that index. */
  copyOplog(id: WorkerId, cutOff: number): OplogCopy;
  /** Makes a worker of a copied oplog. @param own entries that only the new worker has, after the copied ones */
  fork(id: WorkerId, copy: OplogCopy, own: readonly OplogEntryCase[], by: CallId): void;
  update(id: WorkerId, mode: UpdateMode, targetVersion: number, by: CallId): Promise<void>;
  /** Resolves when it is known what came of it. */
  move(id: WorkerId, targetVersion: number, by: CallId, anyResult: boolean): Promise<MoveOutcome>;
  revert(id: WorkerId, target: RevertTarget, by: CallId): Promise<void>;
  /** True if that is what has made, updated or reverted the worker. */
  hasCarriedOut(id: WorkerId, by: CallId): boolean;
  cancel(id: WorkerId, idempotencyKey: string): boolean;
  /** What the worker waited for has happened. */
  wake(id: WorkerId): void;
  /** Goes on with every worker that was busy when the process ended. @returns what could not be read */
  activate(): readonly string[];
  /** Sends the events of a worker to the router, until they are not wanted any more or the worker is deleted. */
  follow(id: WorkerId, subscription: string): Promise<void>;
  unfollow(subscription: string): void;
  /** Answered as soon as the thread gets to it. */
  ping(): void;
  /** Stops all workers and lets go of the files. */
  close(): Promise<void>;
};

/** What the router does for a shard. */
export type RouterOperations = {
  component(componentId: string, version: number): Promise<ComponentPackage>;
  invoke(id: WorkerId, invocation: Invocation, caller: CallerInfo): Promise<void>;
  invokeAndAwait(id: WorkerId, invocation: Invocation, caller: CallerInfo): Promise<InvocationResult>;
  get(id: WorkerId): Promise<WorkerMetadata>;
  oplog(id: WorkerId, page: Parameters<Workers["oplog"]>[1]): Promise<OplogPage>;
  list(componentId: string, query?: Parameters<Workers["list"]>[1]): Promise<WorkerListing>;
  wake(id: WorkerId): Promise<void>;
  fork(
    source: WorkerId,
    target: WorkerId,
    cutOff: number,
    by: CallId,
    own: readonly OplogEntryCase[],
  ): Promise<void>;
  update(id: WorkerId, mode: UpdateMode, targetVersion: number, by: CallId): Promise<void>;
  revert(id: WorkerId, target: RevertTarget, by: CallId): Promise<void>;
  /** What happened in a worker that somebody listens to. */
  workerEvents(subscription: string, events: readonly IndexedEvent[]): void;
  /** Whoever runs the host should know this of a worker. */
  notice(id: WorkerId, message: string): void;
  /** What happened in any worker, if all is to be told. */
  happened(id: WorkerId, event: IndexedEvent): void;
  /** The schedule has a new entry. */
  scheduled(): void;
};
