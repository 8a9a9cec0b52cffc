import type { WorkerId } from "./worker-id.ts";

export type WorkerStatus =
  | "Running"
  | "Idle"
  | "Suspended"
  | "Interrupted"
  | "Retrying"
  | "Failed"
  | "Exited";

/** Golem's `WorkerMetadata` JSON. */
export interface WorkerMetadata {
  readonly workerId: WorkerId;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly status: WorkerStatus;
  readonly componentVersion: number;
  readonly retryCount: number;
  readonly pendingInvocationCount: number;
  readonly updates: readonly UpdateRecord[];
  readonly createdAt: string;
  readonly lastError: string | null;
  readonly componentSize: number;
  readonly totalLinearMemorySize: number;
  readonly ownedResources: Readonly<
    Record<string, { readonly createdAt: string; readonly indexed: unknown }>
  >;
  readonly activePlugins: readonly never[];
}

export interface UpdateRecord {
  readonly type: "pendingUpdate" | "successfulUpdate" | "failedUpdate";
  readonly timestamp: string;
  readonly targetVersion: number;
  readonly details?: string | null;
}
