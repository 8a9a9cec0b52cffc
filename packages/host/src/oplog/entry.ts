import type { WitType } from "@golem-kit/wit";

import type { WorkerId } from "../ground/api/worker-id.ts";
import type { CallId } from "../ground/api/call-id.ts";
import type { TraceParent } from "../ground/api/trace.ts";

/** What a host function may do to the world; decides when the oplog is committed, not whether it is written. */
export type DurableFunctionType =
  | { readonly type: "ReadLocal" | "WriteLocal" | "ReadRemote" | "WriteRemote" }
  /** `index`: the `BeginRemoteWrite` that opened the batch; absent on the call that opens it. */
  | { readonly type: "WriteRemoteBatched"; readonly index?: number };

/** Types of what is recorded of a host function's call; `null` for nothing. */
export interface RecordedTypes {
  readonly request: WitType | null;
  readonly response: WitType | null;
  /**
   * The response is shown as it is, not as the outcome of a host function: what guests record of their own functions, and
   * the states of what is awaited. @default false
   */
  readonly bare?: boolean;
}

/** A closed range of oplog indices. */
export interface OplogRegion {
  readonly start: number;
  readonly end: number;
}

/** An invocation that waits for its turn. */
export interface QueuedInvocation {
  readonly functionName: string;
  readonly params: readonly unknown[];
  readonly idempotencyKey: string;
  /** @default a trace of its own */
  readonly trace?: TraceParent | undefined;
}

/** An update by snapshot that waits for its turn among the invocations. */
export interface QueuedUpdate {
  readonly targetVersion: number;
  /** The same for every request of this update. */
  readonly idempotencyKey: string;
  readonly by?: CallId;
}

export interface RetryPolicy {
  readonly maxAttempts: number;
  /** Milliseconds. */
  readonly minDelay: number;
  /** Milliseconds. */
  readonly maxDelay: number;
  readonly multiplier: number;
  readonly maxJitterFactor: number | null;
}

export type PersistenceLevel = "persist-nothing" | "persist-remote-side-effects" | "smart";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "critical" | "stdout" | "stderr";

export type UpdateDescription =
  | { readonly type: "Automatic" }
  | { readonly type: "SnapshotBased"; readonly payload: Uint8Array };

/**
 * One entry of a worker's oplog. Indices start at 1; entry 1 is `Create`. Values (`request`, `response`, `params`) are
 * JavaScript values of WIT types, with resource handles as `{ handle: id }`. Timestamps are milliseconds since the epoch.
 */
export type OplogEntry = { readonly timestamp: number } & OplogEntryCase;

export type OplogEntryCase =
  | {
      readonly type: "Create";
      readonly workerId: WorkerId;
      readonly componentVersion: number;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      readonly parent: WorkerId | null;
      readonly componentSize: number;
      readonly initialTotalLinearMemorySize: number;
      /** Of a fork. */
      readonly by?: CallId;
    }
  | {
      readonly type: "ImportedFunctionInvoked";
      readonly functionName: string;
      readonly request: unknown;
      readonly response: unknown;
      readonly durableFunctionType: DurableFunctionType;
      /** Bytes that the call has written to a bucket or a blob. @default 0 */
      readonly stored?: number;
      /** Present where the function's name does not determine them. */
      readonly types?: RecordedTypes;
    }
  | {
      readonly type: "ExportedFunctionInvoked";
      readonly functionName: string;
      readonly request: readonly unknown[];
      readonly idempotencyKey: string;
      readonly trace?: TraceParent | undefined;
    }
  /** `response` is `undefined` for a function without a result. */
  | { readonly type: "ExportedFunctionCompleted"; readonly response: unknown }
  | { readonly type: "Suspend" | "NoOp" | "Exited" | "Restart" }
  /** `reason`: why, if the host itself did it. */
  | { readonly type: "Interrupted"; readonly reason?: string }
  | { readonly type: "BeginAtomicRegion" | "BeginRemoteWrite" }
  | { readonly type: "EndAtomicRegion" | "EndRemoteWrite"; readonly beginIndex: number }
  /** `final`: the same would happen again, so that the worker has failed for good. */
  | { readonly type: "Error"; readonly error: string; readonly final?: true }
  | { readonly type: "Jump"; readonly jump: OplogRegion }
  | { readonly type: "Revert"; readonly droppedRegion: OplogRegion; readonly by?: CallId }
  | { readonly type: "ChangeRetryPolicy"; readonly newPolicy: RetryPolicy }
  | { readonly type: "ChangePersistenceLevel"; readonly level: PersistenceLevel }
  | { readonly type: "PendingWorkerInvocation"; readonly invocation: QueuedInvocation | QueuedUpdate }
  | { readonly type: "CancelPendingInvocation"; readonly idempotencyKey: string }
  | {
      readonly type: "PendingUpdate";
      readonly targetVersion: number;
      readonly description: UpdateDescription;
      /** Tried when the worker next has an instance, and not at all if another update by replay is noted before. */
      readonly waits?: true;
      /** The new code need not come to the results that invocations before this have returned. */
      readonly anyResult?: true;
      /** Absent on an update by snapshot, which was asked for before. */
      readonly by?: CallId;
    }
  | { readonly type: "SuccessfulUpdate"; readonly targetVersion: number; readonly newComponentSize: number }
  | {
      readonly type: "FailedUpdate";
      readonly targetVersion: number;
      readonly details: string | null;
      /** Of an update that could not even be tried. */
      readonly by?: CallId;
    }
  | { readonly type: "GrowMemory"; readonly delta: number }
  | { readonly type: "CreateResource" | "DropResource"; readonly id: number }
  | {
      readonly type: "DescribeResource";
      readonly id: number;
      readonly resourceName: string;
      /** The parameters as they were written in the function name, e.g. `"INV-3"` with its quotes. */
      readonly resourceParams: readonly string[];
    }
  | {
      readonly type: "StartSpan";
      readonly spanId: string;
      readonly parentId: string;
      readonly attributes: Readonly<Record<string, string>>;
    }
  | { readonly type: "FinishSpan"; readonly spanId: string }
  | {
      readonly type: "SetSpanAttribute";
      readonly spanId: string;
      readonly key: string;
      readonly value: string;
    }
  | { readonly type: "Log"; readonly level: LogLevel; readonly context: string; readonly message: string };

export type OplogEntryType = OplogEntry["type"];

/** The entry of one type. */
export type EntryOf<T extends OplogEntryType> = Extract<OplogEntry, { readonly type: T }>;

const REPLAYED: ReadonlySet<OplogEntryType> = new Set<OplogEntryType>([
  "ImportedFunctionInvoked",
  "ExportedFunctionInvoked",
  "ExportedFunctionCompleted",
  "NoOp",
  "Jump",
  "BeginAtomicRegion",
  "EndAtomicRegion",
  "BeginRemoteWrite",
  "EndRemoteWrite",
  "ChangeRetryPolicy",
  "ChangePersistenceLevel",
  "StartSpan",
  "FinishSpan",
  "SetSpanAttribute",
]);

/** Hint entries tell about a worker but are not part of its replay. */
export function isHint(type: OplogEntryType): boolean {
  return !REPLAYED.has(type);
}
