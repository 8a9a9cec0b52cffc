import type { WorkerId } from "./api.ts";
import type { CrashPoint } from "./worker/crash-plan.ts";

export type { CrashPoint } from "./worker/crash-plan.ts";

/** What all workers share, as it is at a moment. */
export interface SharedContents {
  /** Values by bucket and key, keys in order of insertion. */
  readonly keyValue: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
  /** Contents by container and object, objects in order of creation. */
  readonly blobs: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
}

/** What a test does to a host that the world does to a server. Nothing of it is durable. */
export interface Simulation {
  /**
   * Lets a worker, which need not exist yet, lose its instance at a point; it recovers at once. Arranged when the call
   * returns.
   *
   * @returns true when that has happened; false when it never will, since the worker is deleted
   */
  crash(id: WorkerId, point: CrashPoint): Promise<boolean>;
  /**
   * Resolves when nothing moves by itself: every worker is idle, over, or waits for time, a promise or such a worker.
   * What waits for a connection or a socket is waited for, but not longer than two seconds.
   *
   * @throws Error if workers still run after 30 s
   */
  settled(): Promise<void>;
  /** Removes all workers, what they share, promises and the schedule. Components stay. */
  reset(): Promise<void>;
  contents(): SharedContents;
}
