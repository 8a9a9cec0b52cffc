import type { WorkerEvent } from "./worker-event.ts";
import type { WorkerId } from "./worker-id.ts";

/** Something that happens in any of a host's workers, while it happens. */
export interface HostEvent {
  readonly workerId: WorkerId;
  /** For people: `shop:orders/o-1`. */
  readonly worker: string;
  /** Index of the oplog entry that it is about. */
  readonly index: number;
  readonly event: WorkerEvent;
}
