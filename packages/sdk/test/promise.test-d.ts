import { expectTypeOf } from "vitest";

import { bytesCodec, type JsonValue } from "../src/codec.ts";
import type { DurablePromise, PromiseError } from "../src/promise.ts";
import {
  createPromise,
  isPromiseError,
  openPromise,
  type PromiseErrorCode,
  type WaitOptions,
} from "../src/promise.ts";
import type { StandardSchema } from "../src/standard-schema.ts";

interface Decision {
  readonly approved: boolean;
}
declare const error: unknown;
declare const dates: StandardSchema<string, Date>;

expectTypeOf(createPromise()).toEqualTypeOf<DurablePromise<JsonValue>>();
expectTypeOf(createPromise<Decision>()).toEqualTypeOf<DurablePromise<Decision>>();
expectTypeOf(createPromise({ schema: dates })).toEqualTypeOf<DurablePromise<Date, string>>();
expectTypeOf(createPromise({ codec: bytesCodec })).toEqualTypeOf<DurablePromise<Uint8Array>>();
expectTypeOf(openPromise("id")).toEqualTypeOf<DurablePromise<JsonValue>>();
expectTypeOf(openPromise<Decision>("id")).toEqualTypeOf<DurablePromise<Decision>>();
expectTypeOf(openPromise("id", { schema: dates })).toEqualTypeOf<DurablePromise<Date, string>>();
expectTypeOf(openPromise("id", { codec: bytesCodec })).toEqualTypeOf<DurablePromise<Uint8Array>>();

const promise = createPromise({ schema: dates });
expectTypeOf(promise.id).toEqualTypeOf<string>();
expectTypeOf(promise.await()).resolves.toEqualTypeOf<Date>();
expectTypeOf(
  promise.wait({ timeout: "2 days", noticeWithin: { minutes: 1 } }),
).resolves.toEqualTypeOf<Date>();
expectTypeOf(promise.poll()).resolves.toEqualTypeOf<Date | undefined>();
expectTypeOf(promise.complete("2026-01-01")).resolves.toEqualTypeOf<boolean>();
expectTypeOf(promise.delete()).toEqualTypeOf<void>();
// @ts-expect-error completed with what the schema takes
void promise.complete(new Date());
// @ts-expect-error a number does not tell its unit
expectTypeOf<WaitOptions>().toExtend<{ timeout?: number }>();

if (isPromiseError(error, "promise-timeout")) {
  expectTypeOf(error).toEqualTypeOf<PromiseError>();
  expectTypeOf(error.code).toEqualTypeOf<PromiseErrorCode>();
}
