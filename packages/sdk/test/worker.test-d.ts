import { expectTypeOf } from "vitest";

import type { WorkerError } from "../src/worker.ts";
import {
  forkWorker,
  isWorkerError,
  resolveComponent,
  resolveExistingWorker,
  resolveWorker,
  revertWorker,
  self,
  updateWorker,
  where,
  workerMetadata,
  workers,
  type OrderedProperty,
  type RevertTarget,
  type StatusProperty,
  type TextProperty,
  type UpdateMode,
  type WorkerAddress,
  type WorkerErrorCode,
  type WorkerFilter,
  type WorkerInfo,
  type WorkersOptions,
  type WorkerStatus,
} from "../src/worker.ts";
import type { When } from "../src/rpc.ts";

declare const error: unknown;

expectTypeOf(self).toEqualTypeOf<() => WorkerInfo>();
expectTypeOf<WorkerInfo>().toExtend<WorkerAddress>();
expectTypeOf(self().componentVersion).toEqualTypeOf<bigint>();
expectTypeOf(self().retryCount).toEqualTypeOf<bigint>();
expectTypeOf(self().env).toEqualTypeOf<Readonly<Record<string, string>>>();
expectTypeOf(self().status).toEqualTypeOf<WorkerStatus>();
expectTypeOf(workerMetadata).toEqualTypeOf<(worker: WorkerAddress) => WorkerInfo | undefined>();
expectTypeOf(resolveComponent).returns.toEqualTypeOf<string | undefined>();
expectTypeOf(resolveWorker("shop:orders", "o-1")).toEqualTypeOf<WorkerAddress | undefined>();
expectTypeOf(resolveExistingWorker("shop:orders", "o-1")).toEqualTypeOf<WorkerAddress | undefined>();

// Filters.
expectTypeOf(where.name).toEqualTypeOf<TextProperty>();
expectTypeOf(where.env("REGION")).toEqualTypeOf<TextProperty>();
expectTypeOf(where.status).toEqualTypeOf<StatusProperty>();
expectTypeOf(where.version).toEqualTypeOf<OrderedProperty<bigint>>();
expectTypeOf(where.createdAt).toEqualTypeOf<OrderedProperty<When>>();
expectTypeOf(where.status("idle").and(where.name.startsWith("a"))).toEqualTypeOf<WorkerFilter>();
expectTypeOf(where.status.notEqual("failed").or(where.version.less(3n))).toEqualTypeOf<WorkerFilter>();
// @ts-expect-error there is no such status
where.status("asleep");
// @ts-expect-error versions are bigints
where.version.equal(1);

// Lists.
expectTypeOf(workers("shop:orders")).toEqualTypeOf<AsyncGenerator<WorkerInfo, void, undefined>>();
expectTypeOf(workers).parameter(1).toEqualTypeOf<WorkerFilter | undefined>();
expectTypeOf(workers).parameter(2).toEqualTypeOf<WorkersOptions | undefined>();

// Lifecycle.
expectTypeOf(updateWorker).toEqualTypeOf<
  (worker: WorkerAddress, targetVersion: bigint, mode?: UpdateMode) => void
>();
expectTypeOf(forkWorker).toEqualTypeOf<
  (source: WorkerAddress, target: WorkerAddress, cutOff: bigint) => void
>();
expectTypeOf(revertWorker).toEqualTypeOf<(worker: WorkerAddress, target: RevertTarget) => void>();
// @ts-expect-error neither an index nor a number of invocations
revertWorker(self(), {});
if (isWorkerError(error)) {
  expectTypeOf(error).toEqualTypeOf<WorkerError>();
  expectTypeOf(error.code).toEqualTypeOf<WorkerErrorCode>();
}
