import type { WorkerId } from "@golem-kit/host";

/** A worker, and what it is called in messages. */
export interface TitledWorker {
  readonly id: WorkerId;
  /** `shop:orders/o-1` */
  readonly title: string;
}
