import { generateIdempotencyKey } from "golem:api/host@1.1.6";

import { uuidToText } from "./uuid.ts";

export {
  atomically,
  AtomicRegion,
  AtomicRegionError,
  beginAtomically,
  isAtomicRegionError,
} from "./durability/atomic-region.ts";
export { durable, type DurableOptions, type DurableStepType } from "./durability/durable.ts";
export {
  DurableStepError,
  isDurableStepError,
  type DurableStepErrorCode,
} from "./durability/durable-step-error.ts";
export { executionState, type ExecutionState } from "./durability/execution-state.ts";
export {
  idempotenceMode,
  setIdempotenceMode,
  useIdempotenceMode,
  withIdempotenceMode,
} from "./durability/idempotence-mode.ts";
export {
  persistenceLevel,
  setPersistenceLevel,
  usePersistenceLevel,
  withPersistenceLevel,
  type PersistenceLevel,
} from "./durability/persistence-level.ts";
export type { CurrentRetryPolicy } from "./durability/current-retry-policy.ts";
export {
  retryPolicy,
  setRetryPolicy,
  useRetryPolicy,
  withRetryPolicy,
  type RetryPolicy,
} from "./durability/retry-policy.ts";

/**
 * Makes a key for a request to another system: a UUID that is the same whenever this point of the worker's history is
 * repeated, and different at every other point. Make it before an atomic region that uses it.
 *
 * Stands on `golem:api/host.generate-idempotency-key`.
 *
 * @example
 * ```ts
 * const key = idempotencyKey();
 * await fetch("https://pay.example/charge", { method: "POST", headers: { "Idempotency-Key": key } });
 * ```
 */
export function idempotencyKey(): string {
  return uuidToText(generateIdempotencyKey());
}
