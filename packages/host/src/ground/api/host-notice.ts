import type { WorkerId } from "./worker-id.ts";

/** Something about a worker that whoever runs the host should know. */
export interface HostNotice {
  readonly workerId: WorkerId;
  /** For people: `shop:orders/o-1`. */
  readonly worker: string;
  /** What happened, and what to do. */
  readonly message: string;
}
