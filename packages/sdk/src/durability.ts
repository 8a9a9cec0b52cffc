import { generateIdempotencyKey } from "golem:api/host@1.1.6";

import { uuidToText } from "./uuid.ts";

export {
  atomically,
  AtomicRegion,
  AtomicRegionError,
  beginAtomically,
  isAtomicRegionError,
} from "./durability/atomic-region.ts";
export {
  withIdempotence,
  withPersistenceLevel,
  withRetryPolicy,
  type PersistenceLevel,
  type RetryPolicy,
} from "./durability/host-settings.ts";

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
