import type { WorkerActivity } from "./worker-activity.ts";
import type { RunningInstance } from "./instance/running-instance.ts";

/** What running a worker needs from around it. */
export interface RunnerOptions {
  /** Makes a fresh instance of a version of the worker's component. @throws GolemError `ComponentNotFound` */
  readonly instantiate: (version: number) => Promise<RunningInstance>;
  /** Arranges that the worker is woken. @param at milliseconds since the epoch */
  readonly wakeAt: (at: number) => void;
  /** Waits so long before what has failed is tried again, or until the signal is aborted. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Whoever runs the host should know this of the worker. */
  readonly notice: (message: string) => void;
  readonly activity: WorkerActivity;
  /** A number in [0, 1). */
  readonly random: () => number;
}
