import { expectTypeOf } from "vitest";

import {
  bytesCodec,
  CodecError,
  DurationError,
  isCodecError,
  isDurationError,
  isResultError,
  isSdkError,
  jsonCodec,
  ResultError,
  SdkError,
  textCodec,
  toNanoseconds,
  unwrap,
  type Codec,
  type Duration,
  type DurationParts,
  type InputOf,
  type JsonValue,
  type OutputOf,
  type Result,
  type SdkErrorDetails,
  type StandardSchema,
} from "../src/index.ts";

// Errors.
expectTypeOf(SdkError).constructorParameters.toEqualTypeOf<[SdkErrorDetails]>();
expectTypeOf<SdkErrorDetails>().toEqualTypeOf<{
  readonly code: string;
  readonly operation: string;
  readonly message: string;
  readonly cause?: unknown;
}>();
expectTypeOf<SdkError>().toExtend<Error & { readonly code: string; readonly operation: string }>();
expectTypeOf(isSdkError).parameters.toEqualTypeOf<[error: unknown, code?: string | undefined]>();
expectTypeOf(isSdkError).guards.toEqualTypeOf<SdkError>();

// Results.
expectTypeOf<Result<number, string>>().toEqualTypeOf<
  { readonly tag: "ok"; readonly val: number } | { readonly tag: "err"; readonly val: string }
>();
expectTypeOf(unwrap({ tag: "ok", val: 5 })).toEqualTypeOf<number>();
expectTypeOf(new ResultError("gone").payload).toEqualTypeOf<string>();
expectTypeOf(isResultError).guards.toEqualTypeOf<ResultError>();

// Durations.
expectTypeOf<Duration>().toEqualTypeOf<string | DurationParts>();
expectTypeOf<DurationParts>().toExtend<{ readonly days?: number; readonly nanoseconds?: number }>();
expectTypeOf(toNanoseconds).toEqualTypeOf<(duration: Duration) => bigint>();
expectTypeOf(DurationError).constructorParameters.toEqualTypeOf<[duration: unknown, reason: string]>();
expectTypeOf(isDurationError).guards.toEqualTypeOf<DurationError>();

// Codecs and schemas.
expectTypeOf<Codec<Date>>().toEqualTypeOf<{
  readonly name: string;
  encode(value: Date): Uint8Array;
  decode(bytes: Uint8Array): Date;
}>();
expectTypeOf(bytesCodec).toEqualTypeOf<Codec<Uint8Array>>();
expectTypeOf(textCodec).toEqualTypeOf<Codec<string>>();
expectTypeOf(jsonCodec()).toEqualTypeOf<Codec<JsonValue>>();
expectTypeOf(jsonCodec<{ n: number }>()).toEqualTypeOf<Codec<{ n: number }>>();
expectTypeOf(CodecError).constructorParameters.toEqualTypeOf<
  [operation: string, message: string, cause?: unknown]
>();
expectTypeOf(isCodecError).guards.toEqualTypeOf<CodecError>();
expectTypeOf<InputOf<StandardSchema<string, Date>>>().toEqualTypeOf<string>();
expectTypeOf<OutputOf<StandardSchema<string, Date>>>().toEqualTypeOf<Date>();
