import { nearestName } from "@golem-kit/wit";

/**
 * How much one worker may take of what all share. One that takes more is stopped: its status is `Interrupted`, its last error
 * says why, and all that it is stays. It goes on when it is resumed, on a host with a higher limit, or is reverted.
 */
export interface WorkerLimits {
  /** Bytes of its oplog, as stored, without what was reverted. @default 1 GiB */
  readonly oplogSize: number;
  /** Bytes by which its oplog grows in a second, on an average of ten seconds. @default 16 MiB */
  readonly oplogRate: number;
  /** Bytes of the files of its file system. @default 1 GiB */
  readonly files: number;
  /** Bytes that it writes to key-value buckets and blobs in all its life, without what was reverted. @default 16 GiB */
  readonly stored: number;
  /** Handles of the host's resources that it holds: timers, streams, requests, connections … @default 10_000 */
  readonly handles: number;
  /** Sockets among them. @default 256 */
  readonly sockets: number;
}

const MIB = 2 ** 20;

export const DEFAULT_LIMITS: WorkerLimits = {
  oplogSize: 1_024 * MIB,
  oplogRate: 16 * MIB,
  files: 1_024 * MIB,
  stored: 16_384 * MIB,
  handles: 10_000,
  sockets: 256,
};

/** @throws TypeError for a limit that there is not, or that is no positive number */
export function workerLimits(given: Partial<WorkerLimits> = {}): WorkerLimits {
  const names = Object.keys(DEFAULT_LIMITS);
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name)) {
      const nearest = nearestName(name, names);
      const remedy = nearest === undefined ? `There are ${names.join(", ")}.` : `Did you mean "${nearest}"?`;
      throw new TypeError(`Workers have no limit "${name}". ${remedy}`);
    }
    if (!(value > 0)) throw new TypeError(`The limit "${name}" is ${value}: it must be a positive number.`);
  }
  return { ...DEFAULT_LIMITS, ...given };
}
