/**
 * What the functions of a worker's instance can reach, by what they need it for. A table of functions says by its type
 * which of these it is given, and reaches no other. All are made elsewhere; nothing of another worker is in them.
 */

import type { WorkerFiles } from "../filesystem/worker-files.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import type { HostClock } from "../ground/clock/host-clock.ts";
import type { NetworkPolicy } from "../ground/network/network-policy.ts";
import type { LogLevel } from "../oplog/entry.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import type { KeyValueStore } from "../storage/key-value-store.ts";
import type { Durability } from "./durability.ts";
import type { DurableFunction } from "./host-interface.ts";
import type { RpcCaller } from "./rpc/rpc-caller.ts";
import type { Tracing } from "./tracing.ts";
import type { WorkerDirectory } from "./worker-directory.ts";

/** Who the worker is, and what it was started with. */
export interface IdentityPort {
  readonly workerId: WorkerId;
  readonly args: readonly string[];
  /** As the guest sees it: the worker's, then the component's, then the three GOLEM_ variables. */
  readonly environment: readonly (readonly [string, string])[];
}

export interface ClockPort {
  /** For what waits for time. */
  readonly clock: HostClock;
  /** Nanoseconds since the epoch. */
  now(): bigint;
}

export interface WaitPort {
  /**
   * Waits for `promise`, or throws when the worker is interrupted meanwhile.
   *
   * @param reason `inside` if only time or another worker brings it about
   * @default "outside"
   */
  wait<T>(promise: Promise<T>, reason?: "inside" | "outside"): Promise<T>;
  /** Aborted when the instance is lost: what it holds outside its memory is given back. */
  readonly ended: AbortSignal;
}

/** Of functions that a guest can call again and again without waiting. */
export interface AskingPort {
  /**
   * What was asked for is not there yet: others have their turn before the guest asks again.
   *
   * @param asked the resource, or a text that is the same whenever the same is asked for
   * @param changes each resolves when it may be there. @default nobody knows when
   */
  notYet(asked: object | string, ...changes: readonly ((() => Promise<unknown>) | undefined)[]): void;
  /**
   * What was asked for is there.
   *
   * @param asked given if it can be had again and again: it is news only if it was not there before. @default it is news
   */
  there(asked?: object | string): void;
}

/** How a guest ends its own instance. */
export interface LifecyclePort {
  /** The worker is over. Does not return. */
  exit(): never;
  /** Leaves memory until something else wakes the worker. Does not return. */
  suspend(): never;
  /** Leaves memory until then, if that is far enough away: then it does not return. @param at nanoseconds since the epoch */
  suspendUntil(at: bigint): void;
}

/** The worker's own oplog. */
export interface DurabilityPort {
  readonly durability: Durability;
}

/** Journalled functions on behalf of another one. */
export interface CallsPort {
  call(fn: DurableFunction<HostContext>, ...args: unknown[]): unknown;
  /** What was recorded of the function, if that is what is to be replayed next. */
  nextResponse(fn: DurableFunction<HostContext>): unknown;
  /** Runs the action as soon as the worker is not replaying: now, or in the middle of what it does next. */
  whenLive(action: () => void): void;
}

export interface TracingPort {
  readonly tracing: Tracing;
}

export interface LogPort {
  log(level: LogLevel, context: string, message: string): void;
}

export interface KeyValuePort {
  readonly keyValue: KeyValueStore;
}

export interface BlobsPort {
  readonly blobs: BlobStore;
}

/** The instance's own file system: gone with it. */
export interface FilesPort {
  readonly files: WorkerFiles;
}

/** Where the guest may connect to, and listen. */
export interface NetworkPort {
  readonly network: NetworkPolicy;
}

/** Calls to other workers. */
export interface RpcPort {
  readonly rpc: RpcCaller;
}

/** What may be known and asked of workers and promises. */
export interface WorkersPort {
  readonly workers: WorkerDirectory;
}

/** Of functions that reach nothing. */
export type NoPorts = object;

/** All of them: what an instance is bound to. */
export interface HostContext
  extends
    IdentityPort,
    ClockPort,
    WaitPort,
    AskingPort,
    LifecyclePort,
    DurabilityPort,
    CallsPort,
    TracingPort,
    LogPort,
    KeyValuePort,
    BlobsPort,
    FilesPort,
    NetworkPort,
    RpcPort,
    WorkersPort {}
