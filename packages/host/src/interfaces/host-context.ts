import type { WorkerId } from "../ground/api/workers.ts";
import type { HostClock } from "../ground/clock/host-clock.ts";
import type { WorkerFiles } from "../filesystem/worker-files.ts";
import type { NetworkPolicy } from "../ground/network/network-policy.ts";
import type { LogLevel } from "../oplog/entry.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import type { KeyValueStore } from "../storage/key-value-store.ts";
import type { DurableFunction } from "./host-interface.ts";
import type { DurableOperations } from "../journal/durable-operations.ts";
import type { Tracing } from "../journal/tracing.ts";
import type { WorkerDirectory } from "./worker-directory.ts";
import type { RpcCaller } from "./rpc/rpc-caller.ts";

/** What the host functions of one worker's instance can reach. Nothing of another worker is in here. */
export interface HostContext {
  readonly workerId: WorkerId;
  readonly args: readonly string[];
  /** As the guest sees it: the worker's, then the component's, then the three GOLEM_ variables. */
  readonly environment: readonly (readonly [string, string])[];
  readonly keyValue: KeyValueStore;
  readonly blobs: BlobStore;
  /** This instance's own: gone with it. */
  readonly files: WorkerFiles;
  readonly rpc: RpcCaller;
  /** Where the guest may connect to, and listen. */
  readonly network: NetworkPolicy;
  readonly workers: WorkerDirectory;
  readonly durability: DurableOperations;
  readonly tracing: Tracing;
  /** Calls a journalled function on behalf of another one. */
  call(fn: DurableFunction, ...args: unknown[]): unknown;
  /** Runs the action as soon as the worker is not replaying: now, or in the middle of what it does next. */
  whenLive(action: () => void): void;
  /** For what waits for time. */
  readonly clock: HostClock;
  /** Nanoseconds since the epoch. */
  now(): bigint;
  log(level: LogLevel, context: string, message: string): void;
  /**
   * Waits for `promise`, or throws when the worker is interrupted meanwhile.
   *
   * @param reason `inside` if only time or another worker brings it about
   * @default "outside"
   */
  wait<T>(promise: Promise<T>, reason?: "inside" | "outside"): Promise<T>;
  /** Aborted when the instance is lost: what it holds outside its memory is given back. */
  readonly ended: AbortSignal;
  /** Leaves memory until then, if that is far enough away. @param at nanoseconds since the epoch */
  suspendUntil(at: bigint): void;
}
