import { expectTypeOf } from "vitest";

import {
  ephemeralWorker,
  extractValue,
  fromWitValue,
  isRemoteError,
  type RemoteError,
  type RemoteErrorCode,
  type RemoteWorker,
  type ScheduledCall,
  remoteFunction,
  remoteWorker,
  toWitValue,
  uuidFromText,
  type Uuid,
  type ValueAndType,
  wit,
  type WitValue,
} from "../src/remote.ts";

declare const thrown: unknown;
declare const typed: ValueAndType;

const add = remoteFunction("shop:counter-exports/api.{add}", { params: [wit.u32], result: wit.u64 });
expectTypeOf(remoteWorker("shop:counter", "visits")).toEqualTypeOf<RemoteWorker>();
const worker = ephemeralWorker("shop:counter");
expectTypeOf(worker.workerName).toEqualTypeOf<string | undefined>();
expectTypeOf(worker.call(add, 1)).resolves.toEqualTypeOf<bigint>();
expectTypeOf(worker.trigger(add, 1)).toBeVoid();
expectTypeOf(worker.schedule("1 s", add, 1)).toEqualTypeOf<ScheduledCall>();
// @ts-expect-error an argument of another type
void worker.call(add, "one");
// @ts-expect-error an argument is missing
worker.trigger(add);

if (isRemoteError(thrown, "not-found")) {
  expectTypeOf(thrown).toEqualTypeOf<RemoteError>();
  expectTypeOf(thrown.code).toEqualTypeOf<RemoteErrorCode>();
}
expectTypeOf<RemoteErrorCode>().toEqualTypeOf<
  "protocol-error" | "denied" | "not-found" | "remote-internal-error" | "unknown-component" | "disposed"
>();

expectTypeOf(fromWitValue(wit.list(wit.u64), extractValue(typed))).toEqualTypeOf<bigint[]>();
expectTypeOf(toWitValue(wit.bool, true)).toEqualTypeOf<WitValue>();
// @ts-expect-error a value of another type
toWitValue(wit.bool, 1);
expectTypeOf(uuidFromText("6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a")).toEqualTypeOf<Uuid>();
