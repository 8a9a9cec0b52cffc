/** The same, with the SDK. */
export { atomicRegion } from "./atomic-region/sdk.ts";
export { blobStore } from "./blobstore/sdk.ts";
export { environment, print } from "./cli/sdk.ts";
export { sleep, time } from "./clocks/sdk.ts";
export { durableFunction } from "./durability/sdk.ts";
export { filesystem } from "./filesystem/sdk.ts";
export { http } from "./http/sdk.ts";
export { idempotenceMode } from "./idempotence-mode/sdk.ts";
export { idempotencyKey } from "./idempotency-key/sdk.ts";
export { poll } from "./io/sdk.ts";
export { keyValue, keyValues } from "./keyvalue/sdk.ts";
export { log } from "./logging/sdk.ts";
export { persistenceLevel } from "./persistence-level/sdk.ts";
export { answer, ask, awaitAnswer, pollAnswer, withdraw } from "./promise/sdk.ts";
export { random } from "./random/sdk.ts";
export { retryPolicy } from "./retry-policy/sdk.ts";
export { callAndWait, callMany, schedule, trigger } from "./rpc/sdk.ts";
export { metadata, self } from "./workers/sdk.ts";
