import type { WorkerFilter } from "../filter/worker-filter.ts";
import type { FilePermissions } from "./components.ts";
import type { Invocation, InvocationResult } from "./invocation.ts";
import type { MoveOutcome } from "./moves.ts";
import type { OplogPage } from "./public-oplog.ts";
import type { WorkerEvent } from "./worker-event.ts";
import type { WorkerId } from "./worker-id.ts";
import type { WorkerMetadata } from "./worker-metadata.ts";

/** Something in a directory of a worker: Golem's JSON. */
export interface FileNode {
  readonly name: string;
  /** Seconds since the epoch. */
  readonly lastModified: number;
  readonly kind: "file" | "directory";
  /** `null` for a directory. */
  readonly permissions: FilePermissions | null;
  /** Bytes; `null` for a directory. */
  readonly size: number | null;
}

export interface WorkerListing {
  readonly workers: readonly WorkerMetadata[];
  readonly cursor: { readonly cursor: number; readonly layer: number } | null;
}

/** By replaying the worker's whole oplog on the new version, or by what the old version saves and the new one loads. */
export type UpdateMode = "Automatic" | "Manual";

/** How far a worker is reverted: Golem's JSON. */
export type RevertTarget =
  /** The last entry that stays, at least 1. */
  | { readonly type: "revertToOplogIndex"; readonly lastOplogIndex: number }
  /** How many of the last invocations go. */
  | { readonly type: "revertLastInvocations"; readonly numberOfInvocations: number };

export interface Workers {
  /** @throws GolemError `WorkerAlreadyExists`, `ComponentNotFound`, `InvalidRequest` for a bad name */
  create(
    componentId: string,
    worker: {
      readonly name: string;
      readonly args?: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
    },
  ): Promise<{ readonly workerId: WorkerId; readonly componentVersion: number }>;
  /** @throws GolemError `WorkerNotFound` */
  get(id: WorkerId): Promise<WorkerMetadata>;
  list(
    componentId: string,
    query?: {
      readonly filter?: WorkerFilter;
      readonly cursor?: { readonly cursor: number; readonly layer: number };
      /** @default 50 */
      readonly count?: number;
    },
  ): Promise<WorkerListing>;
  /**
   * Makes a worker anew, of its component's latest version: with its name, arguments and environment, and without its past. What
   * it does is stopped, and who waits for it is told that it was interrupted; its promises are gone. What is scheduled for it stays.
   *
   * @throws GolemError `WorkerNotFound`; `WorkerCreationFailed`: it stays as it is
   */
  startAnew(id: WorkerId): Promise<{ readonly componentVersion: number }>;
  /** Interrupts the worker and removes everything about it; nothing happens if there is none. */
  delete(id: WorkerId): Promise<void>;
  /** Creates the worker if need be, runs the function and returns its result. @throws GolemError */
  invokeAndAwait(id: WorkerId, invocation: Invocation): Promise<InvocationResult>;
  /** Resolves when the invocation is accepted for good. @throws GolemError */
  invoke(id: WorkerId, invocation: Invocation): Promise<void>;
  /**
   * What a directory of the worker holds, in the order of names. A worker without instance gets one.
   *
   * @param path absolute
   * @throws GolemError `WorkerNotFound`, `FileNotFound`, `BadFileType`; what an invocation would, if the worker is over
   */
  files(id: WorkerId, path: string): Promise<readonly FileNode[]>;
  /** A file of the worker, of at most 64 MiB. Otherwise as `files`. */
  fileContents(id: WorkerId, path: string): Promise<Uint8Array>;
  /**
   * How many handles of the host's resources the worker's instance holds, by kind: `{ "wasi:io/poll#pollable": 1 }`. One
   * that grows from call to call is a leak. A worker without instance gets one.
   *
   * @throws GolemError `WorkerNotFound`; what an invocation would, if the worker is over
   */
  handles(id: WorkerId): Promise<Readonly<Record<string, number>>>;
  /**
   * A page of the public oplog: at most 100 entries. A page without entries is the last.
   *
   * @param page `from` is the first index, at least 1; `query` restricts it to the entries that match
   * @throws GolemError `Unknown` if the query cannot be read
   */
  oplog(
    id: WorkerId,
    page: { readonly from: number; readonly count: number; readonly query?: string },
  ): Promise<OplogPage>;
  /** Completes a promise; false if it was completed before. @throws GolemError `PromiseNotFound` */
  completePromise(id: WorkerId, oplogIndex: number, data: Uint8Array): Promise<boolean>;
  /**
   * Tells the latest 128 events of a worker and those to come, also when its thread dies meanwhile. Every attempt that
   * fails finishes its invocation.
   *
   * @returns when the signal is aborted, or the worker is deleted
   * @throws GolemError `WorkerNotFound`
   */
  follow(id: WorkerId, onEvent: (event: WorkerEvent) => void, signal: AbortSignal): Promise<void>;
  /**
   * Stops what the worker does, until it is resumed. `recoverImmediately` simulates a crash instead: the instance is lost
   * and the worker recovers at once; with `atEntry`, when the oplog entry with that index is written. Resolves when it has
   * stopped or crashed.
   */
  interrupt(
    id: WorkerId,
    options?: { readonly recoverImmediately?: boolean; readonly atEntry?: number },
  ): Promise<void>;
  /** @throws GolemError `InvalidRequest` unless suspended, interrupted or idle */
  resume(id: WorkerId): Promise<void>;
  /**
   * Drops the end of the worker's oplog: it is as if that had never been, but for what the outside world has seen of it.
   *
   * @throws GolemError `WorkerNotFound`; `InvalidRequest` for a target that is not there
   */
  revert(id: WorkerId, target: RevertTarget): Promise<void>;
  /**
   * Makes a new worker out of the first entries of another one's oplog, and lets it go on from there.
   *
   * @param oplogIndexCutOff the last entry that is copied, at least 2
   * @param options `version`: what it goes on with, if the entries can be replayed on it; how that went is told by `move`.
   *   @default the source's there. `anyResult`: as for `move`
   * @throws GolemError `WorkerNotFound` for the source, `WorkerAlreadyExists` for the target, `InvalidRequest`
   */
  fork(
    source: WorkerId,
    target: WorkerId,
    oplogIndexCutOff: number,
    options?: { readonly version?: number; readonly anyResult?: boolean },
  ): Promise<void>;
  /**
   * Replaces the worker's component by another version of it. Resolves when the update is noted; whether it could be
   * done is told by the metadata's `updates`.
   *
   * @throws GolemError `WorkerNotFound`; `InvalidRequest` if there is nothing to be done
   */
  update(id: WorkerId, mode: UpdateMode, targetVersion: number): Promise<void>;
  /**
   * Moves a worker to another version by replay, as `update` does, and tells what came of it. What runs is replayed and goes on
   * on the new version; what is out of memory or interrupted is moved when it next wakes. Of versions that it is yet to be moved
   * to the last counts.
   *
   * @param options `signal`: aborted, nobody waits for the outcome any more; the worker is moved nevertheless.
   *   `anyResult`: what invocations have returned so far, the new version need not return: who asked has it; what they have done
   *   has to be the same @default false
   * @throws GolemError `WorkerNotFound`; `InvalidRequest` for an ephemeral worker; the signal's reason
   */
  move(
    id: WorkerId,
    targetVersion: number,
    options?: { readonly signal?: AbortSignal; readonly anyResult?: boolean },
  ): Promise<MoveOutcome>;
  /** True if it was pending and is now cancelled. @throws GolemError `InvalidRequest` for an unknown key */
  cancelInvocation(id: WorkerId, idempotencyKey: string): Promise<boolean>;
}
