import { expectTypeOf } from "vitest";

import {
  commitOplog,
  currentOplogIndex,
  readOplog,
  searchOplog,
  setOplogIndex,
  type CurrentRetryPolicy,
  type IndexedOplogEntry,
  type InvocationSpan,
  type LogLevel,
  type OplogEntry,
  type PendingInvocation,
  type PluginInstallation,
  type ReadOplogOptions,
  type Timestamp,
  type UpdateDescription,
  type WitValue,
  type WorkerAddress,
  type WrappedFunctionType,
} from "../src/oplog.ts";
import type { When } from "../src/rpc.ts";
import type { OplogEntry as HostEntry } from "golem:api/oplog@1.1.6";

type Entry<Type extends OplogEntry["type"]> = Extract<OplogEntry, { readonly type: Type }>;

declare const worker: WorkerAddress;

expectTypeOf(readOplog(worker, { from: 1n })).toEqualTypeOf<
  AsyncGenerator<IndexedOplogEntry, void, undefined>
>();
expectTypeOf(searchOplog(worker, "q")).toEqualTypeOf<AsyncGenerator<IndexedOplogEntry, void, undefined>>();
expectTypeOf<ReadOplogOptions["from"]>().toEqualTypeOf<bigint | undefined>();
expectTypeOf(currentOplogIndex).toEqualTypeOf<() => bigint>();
expectTypeOf(setOplogIndex).toEqualTypeOf<(index: bigint) => never>();
expectTypeOf(commitOplog).toEqualTypeOf<(replicas?: number) => void>();

// Every case of the interface is there, and no other.
expectTypeOf<OplogEntry["type"]>().toEqualTypeOf<HostEntry["tag"]>();
expectTypeOf<IndexedOplogEntry["index"]>().toEqualTypeOf<bigint>();
expectTypeOf<OplogEntry["timestamp"]>().toEqualTypeOf<Timestamp>();
expectTypeOf<Timestamp>().toExtend<When>();
expectTypeOf<Entry<"create">["parent"]>().toEqualTypeOf<WorkerAddress | undefined>();
expectTypeOf<Entry<"create">["initialActivePlugins"]>().toEqualTypeOf<readonly PluginInstallation[]>();
expectTypeOf<Entry<"imported-function-invoked">["response"]>().toEqualTypeOf<WitValue>();
expectTypeOf<
  Entry<"imported-function-invoked">["wrappedFunctionType"]
>().toEqualTypeOf<WrappedFunctionType>();
expectTypeOf<Entry<"exported-function-invoked">["invocationContext"]>().toEqualTypeOf<
  readonly (readonly InvocationSpan[])[]
>();
expectTypeOf<Entry<"change-retry-policy">["retryPolicy"]>().toEqualTypeOf<CurrentRetryPolicy>();
expectTypeOf<Entry<"pending-worker-invocation">["invocation"]>().toEqualTypeOf<PendingInvocation>();
expectTypeOf<Entry<"pending-update">["updateDescription"]>().toEqualTypeOf<UpdateDescription>();
expectTypeOf<Entry<"log">["level"]>().toEqualTypeOf<LogLevel>();
expectTypeOf<Entry<"jump">["end"]>().toEqualTypeOf<bigint>();
