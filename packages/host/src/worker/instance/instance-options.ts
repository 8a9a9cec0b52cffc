import type { MakeGuest } from "../../engine/guest-instance.ts";
import type { Turns } from "../../engine/preemption/turns.ts";
import type { Strictness } from "../../ground/api/strictness.ts";
import type {
  BlobsPort,
  ClockPort,
  FilesPort,
  IdentityPort,
  KeyValuePort,
  NetworkPort,
  RpcPort,
  WorkersPort,
} from "../../interfaces/ports.ts";
import type { WorkerActivity } from "../worker-activity.ts";
import type { Limits } from "./limit-guard.ts";

/** What the host functions need beyond the instance itself; the same for all of a worker's instances. */
export type InstanceSurroundings = IdentityPort &
  ClockPort &
  KeyValuePort &
  BlobsPort &
  FilesPort &
  NetworkPort &
  RpcPort &
  WorkersPort;

export interface InstanceOptions {
  /** Milliseconds. */
  readonly suspendAfter: number;
  readonly activity: WorkerActivity;
  readonly turns: Turns;
  /** @default none */
  readonly limits?: Limits;
  /** @default none */
  readonly strict?: Strictness | undefined;
  /** Whoever runs the host should know this of the worker. */
  readonly notice: (message: string) => void;
  readonly makeGuest: MakeGuest;
}
