import type { CallId } from "../ground/api/call-id.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";

/** What a new worker is made of, beside its component. */
export interface WorkerOrigin {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly parent?: WorkerId | null;
  readonly by?: CallId;
  /** A call creates it, which finds no instance yet. @default false */
  readonly byCall?: boolean;
}
