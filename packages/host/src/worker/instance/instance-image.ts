import type { GuestImage } from "../../engine/guest-state.ts";
import type { PersistenceLevel } from "../../oplog/entry.ts";

/** What an instance is, between two invocations: all that those before have left in it. */
export interface InstanceImage {
  readonly guest: GuestImage;
  /** As the guest has set them (golem:api/host). */
  readonly idempotenceMode: boolean;
  readonly persistenceLevel: PersistenceLevel;
  /** Whether outgoing HTTP requests carry the trace (golem:api/context). */
  readonly forwardHeaders: boolean;
  /** The handle of the next resource that is given to a caller. */
  readonly nextHandle: number;
}
