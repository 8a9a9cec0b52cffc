import { expectTypeOf } from "vitest";

import type { AtomicRegionError, DurableStepError } from "../src/durability.ts";
import {
  atomically,
  AtomicRegion,
  beginAtomically,
  durable,
  executionState,
  idempotenceMode,
  idempotencyKey,
  isAtomicRegionError,
  isDurableStepError,
  persistenceLevel,
  retryPolicy,
  setIdempotenceMode,
  setPersistenceLevel,
  setRetryPolicy,
  useIdempotenceMode,
  usePersistenceLevel,
  useRetryPolicy,
  withIdempotenceMode,
  withPersistenceLevel,
  withRetryPolicy,
  type CurrentRetryPolicy,
  type DurableOptions,
  type DurableStepErrorCode,
  type DurableStepType,
  type ExecutionState,
  type PersistenceLevel,
  type RetryPolicy,
} from "../src/durability.ts";
import { bytesCodec, type JsonValue } from "../src/codec.ts";
import type { StandardSchema } from "../src/standard-schema.ts";

interface Receipt {
  readonly number: string;
}
declare const error: unknown;
declare const dates: StandardSchema<string, Date>;

// Atomic regions.
expectTypeOf(atomically(async () => 5)).resolves.toEqualTypeOf<number>();
expectTypeOf(atomically(() => "sync")).resolves.toEqualTypeOf<string>();
expectTypeOf(beginAtomically()).toEqualTypeOf<AtomicRegion>();
expectTypeOf(AtomicRegion).toExtend<abstract new () => Disposable>();
expectTypeOf(beginAtomically().commit()).toEqualTypeOf<void>();
if (isAtomicRegionError(error)) expectTypeOf(error).toEqualTypeOf<AtomicRegionError>();
// @ts-expect-error a promise is no function
void atomically(Promise.resolve(1));

// Scopes.
expectTypeOf(withRetryPolicy({ maxAttempts: 5 }, () => "x")).resolves.toEqualTypeOf<string>();
expectTypeOf(withIdempotenceMode(false, async () => 1)).resolves.toEqualTypeOf<number>();
expectTypeOf(withPersistenceLevel("smart", () => true)).resolves.toEqualTypeOf<boolean>();
expectTypeOf(useRetryPolicy({ minDelay: { seconds: 1 } })).toEqualTypeOf<Disposable>();
expectTypeOf(useIdempotenceMode).toEqualTypeOf<(idempotent: boolean) => Disposable>();
expectTypeOf(usePersistenceLevel).toEqualTypeOf<(level: PersistenceLevel) => Disposable>();
expectTypeOf(setRetryPolicy).toEqualTypeOf<(policy: RetryPolicy) => void>();
expectTypeOf(setIdempotenceMode).toEqualTypeOf<(idempotent: boolean) => void>();
expectTypeOf(setPersistenceLevel).toEqualTypeOf<(level: PersistenceLevel) => void>();
expectTypeOf(retryPolicy).toEqualTypeOf<() => CurrentRetryPolicy>();
expectTypeOf(idempotenceMode).toEqualTypeOf<() => boolean>();
expectTypeOf(persistenceLevel).toEqualTypeOf<() => PersistenceLevel>();
expectTypeOf<PersistenceLevel>().toEqualTypeOf<"persist-nothing" | "persist-remote-side-effects" | "smart">();
expectTypeOf<CurrentRetryPolicy["minDelay"]>().toExtend<RetryPolicy["minDelay"]>();

// Durable steps.
expectTypeOf(durable("step", null, () => ({ number: "r-1" }))).resolves.toEqualTypeOf<{ number: string }>();
expectTypeOf(durable<Receipt>("step", 1, async () => ({ number: "r-1" }))).resolves.toEqualTypeOf<Receipt>();
expectTypeOf(
  durable("step", 1, () => Uint8Array.of(1), { codec: bytesCodec }),
).resolves.toExtend<Uint8Array>();
expectTypeOf(
  durable("step", { a: [1] }, () => "2026-01-01", { schema: dates }),
).resolves.toEqualTypeOf<Date>();
// @ts-expect-error the schema takes text
void durable("step", null, () => 5, { schema: dates });
expectTypeOf<JsonValue>().toExtend<Parameters<typeof durable>[1]>();
expectTypeOf<DurableOptions["type"]>().toEqualTypeOf<DurableStepType | undefined>();
expectTypeOf<DurableStepType>().toEqualTypeOf<
  "read-local" | "write-local" | "read-remote" | "write-remote" | "write-remote-batched"
>();
if (isDurableStepError(error)) {
  expectTypeOf(error).toEqualTypeOf<DurableStepError>();
  expectTypeOf(error.code).toEqualTypeOf<DurableStepErrorCode>();
}
expectTypeOf(executionState).toEqualTypeOf<() => ExecutionState>();
expectTypeOf(idempotencyKey).toEqualTypeOf<() => string>();
