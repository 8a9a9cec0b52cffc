import type { OplogEntry as HostEntry, LogLevel } from "golem:api/oplog@1.1.6";
import type { WitValue } from "golem:rpc/types@0.2.0";

import type { Attributes } from "../context/attributes.ts";
import type { CurrentRetryPolicy } from "../durability/current-retry-policy.ts";
import type { Timestamp } from "../timestamp.ts";
import type { WorkerAddress } from "../worker/address.ts";

/**
 * How serious a line of the log is, by the names of `golem:api/oplog.log-level`.
 *
 * @example
 * ```ts
 * const isBad = (level: LogLevel): boolean => level === "error" || level === "critical";
 * ```
 */
export type { LogLevel } from "golem:api/oplog@1.1.6";
/**
 * A value as `golem:rpc/types.wit-value`; `fromWitValue` of `remote` reads it.
 *
 * @example
 * ```ts
 * const namesOf = (value: WitValue): string[] => fromWitValue(wit.list(wit.string), value);
 * ```
 */
export type { WitValue } from "golem:rpc/types@0.2.0";

/**
 * What a function does that is recorded. The index is that of the entry which begins the batch.
 *
 * @example
 * ```ts
 * const isWrite = ({ type }: WrappedFunctionType): boolean => type.startsWith("write");
 * ```
 */
export type WrappedFunctionType =
  | { readonly type: "read-local" | "write-local" | "read-remote" | "write-remote" }
  | { readonly type: "write-remote-batched"; readonly beginIndex: bigint | undefined };

/**
 * A plugin that is installed for a worker.
 *
 * @example
 * ```ts
 * const labelOf = ({ name, version }: PluginInstallation): string => `${name}@${version}`;
 * ```
 */
export interface PluginInstallation {
  /** A UUID. */
  readonly installationId: string;
  readonly name: string;
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * A span of the invocation's context, made here or by the caller.
 *
 * @example
 * ```ts
 * const customerOf = (span: InvocationSpan): string | undefined =>
 *   span.type === "local-span" ? span.attributes["customer"] : undefined;
 * ```
 */
export type InvocationSpan =
  | {
      readonly type: "local-span";
      readonly spanId: string;
      readonly start: Timestamp;
      readonly parent: string | undefined;
      readonly linkedContext: bigint | undefined;
      readonly attributes: Attributes;
      readonly inherited: boolean;
    }
  | { readonly type: "external-span"; readonly spanId: string };

/**
 * What waits in the queue of a worker.
 *
 * @example
 * ```ts
 * const describe = (waiting: PendingInvocation): string =>
 *   waiting.type === "exported-function" ? waiting.functionName : `update to ${waiting.targetVersion}`;
 * ```
 */
export type PendingInvocation =
  | {
      readonly type: "exported-function";
      readonly idempotencyKey: string;
      readonly functionName: string;
      readonly input: readonly WitValue[] | undefined;
    }
  | { readonly type: "manual-update"; readonly targetVersion: bigint };

/**
 * How a worker comes to another version: by replay, or from a snapshot of its state.
 *
 * @example
 * ```ts
 * const snapshotSize = (update: UpdateDescription): number =>
 *   update.type === "snapshot-based" ? update.payload.length : 0;
 * ```
 */
export type UpdateDescription =
  | { readonly type: "auto-update" }
  | { readonly type: "snapshot-based"; readonly payload: Uint8Array };

type Of<Type extends HostEntry["tag"], Fields = object> = {
  readonly type: Type;
  readonly timestamp: Timestamp;
} & Readonly<Fields>;

/**
 * An entry of an oplog: every case of `golem:api/oplog.oplog-entry`, told apart by `type`. Values that functions took and
 * gave are WIT values, as they are recorded.
 *
 * @example
 * ```ts
 * const isFailure = (entry: OplogEntry): boolean =>
 *   entry.type === "error" || (entry.type === "log" && entry.level === "error");
 * ```
 */
export type OplogEntry =
  | Of<
      "create",
      {
        workerId: WorkerAddress;
        componentVersion: bigint;
        args: readonly string[];
        env: Readonly<Record<string, string>>;
        accountId: string;
        parent: WorkerAddress | undefined;
        componentSize: bigint;
        initialTotalLinearMemorySize: bigint;
        initialActivePlugins: readonly PluginInstallation[];
      }
    >
  | Of<
      "imported-function-invoked",
      {
        functionName: string;
        request: WitValue;
        response: WitValue;
        wrappedFunctionType: WrappedFunctionType;
      }
    >
  | Of<
      "exported-function-invoked",
      {
        functionName: string;
        request: readonly WitValue[];
        idempotencyKey: string;
        traceId: string;
        traceStates: readonly string[];
        invocationContext: readonly (readonly InvocationSpan[])[];
      }
    >
  | Of<"exported-function-completed", { response: WitValue; consumedFuel: bigint }>
  | Of<"suspend">
  | Of<"error", { error: string }>
  | Of<"no-op">
  | Of<"jump", { start: bigint; end: bigint }>
  | Of<"interrupted">
  | Of<"exited">
  | Of<"change-retry-policy", { retryPolicy: CurrentRetryPolicy }>
  | Of<"begin-atomic-region">
  | Of<"end-atomic-region", { beginIndex: bigint }>
  | Of<"begin-remote-write">
  | Of<"end-remote-write", { beginIndex: bigint }>
  | Of<"pending-worker-invocation", { invocation: PendingInvocation }>
  | Of<"pending-update", { targetVersion: bigint; updateDescription: UpdateDescription }>
  | Of<
      "successful-update",
      {
        targetVersion: bigint;
        newComponentSize: bigint;
        newActivePlugins: readonly PluginInstallation[];
      }
    >
  | Of<"failed-update", { targetVersion: bigint; details: string | undefined }>
  | Of<"grow-memory", { delta: bigint }>
  | Of<"create-resource", { resourceId: bigint }>
  | Of<"drop-resource", { resourceId: bigint }>
  | Of<"describe-resource", { resourceId: bigint; resourceName: string; resourceParams: readonly WitValue[] }>
  | Of<"log", { level: LogLevel; context: string; message: string }>
  | Of<"restart">
  | Of<"activate-plugin", { plugin: PluginInstallation }>
  | Of<"deactivate-plugin", { plugin: PluginInstallation }>
  | Of<"revert", { start: bigint; end: bigint }>
  | Of<"cancel-invocation", { idempotencyKey: string }>
  | Of<
      "start-span",
      {
        spanId: string;
        parent: string | undefined;
        linkedContext: string | undefined;
        attributes: Attributes;
      }
    >
  | Of<"finish-span", { spanId: string }>
  | Of<"set-span-attribute", { spanId: string; key: string; value: string }>;

/**
 * An entry and its place in the oplog.
 *
 * @example
 * ```ts
 * const calls: IndexedOplogEntry[] = [];
 * for await (const entry of readOplog(self())) {
 *   if (entry.type === "exported-function-invoked") calls.push(entry);
 * }
 * ```
 */
export type IndexedOplogEntry = OplogEntry & { readonly index: bigint };
