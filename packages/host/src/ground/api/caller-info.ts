import type { WorkerId } from "./worker-id.ts";

/** What a worker that another one brings to life inherits from it. */
export interface CallerInfo {
  readonly workerId: WorkerId;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}
