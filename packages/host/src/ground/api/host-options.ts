import { nearestName } from "@golem-kit/wit";

import type { HostEvent } from "./host-event.ts";
import type { HostNotice } from "./host-notice.ts";
import { checkStrictness, type Strictness } from "./strictness.ts";
import type { WorkerLimits } from "./worker-limits.ts";

export interface HostOptions {
  /** Where everything durable lives. @default a temporary directory, removed on close */
  readonly dataDir?: string;
  /** Threads that run guests. @default the number of cores, at most 4 */
  readonly shards?: number;
  /** Transpiled components, by content; may be shared by several hosts. @default `cache` in the data directory */
  readonly cacheDir?: string;
  /**
   * What is acknowledged survives. `normal`: the death of the process, however it comes; when the machine loses its power or
   * its system crashes, the newest of it may be missing. `full`: that too. An answer, a call to another worker and a request
   * then wait until what led to them is on the disk: for one flush, which all have in common that came during the last. A
   * write to a store, a blob or a promise waits for one more, and so does its shard meanwhile.
   *
   * @default "normal"; `golem-kit serve` has "full"
   */
  readonly synchronous?: "normal" | "full";
  /** Idle instances kept in memory per shard. @default 64 */
  readonly maxIdleInstances?: number;
  /**
   * Bytes that workers with nothing to do may take, all shards together: their instances, and what is known of those
   * without one. Above it, the longest idle leave memory; their next invocation replays them.
   *
   * @default 1 GiB
   */
  readonly maxIdleMemory?: number;
  /**
   * Bytes to which a worker's memory may grow. A guest that wants more is told that there is none, and most then fail; a
   * component that begins with more makes no workers.
   *
   * @default 1 GiB
   */
  readonly maxWorkerMemory?: number;
  /**
   * Bytes of memory that the instances of all workers may take together. When it is more, those that take much of it are
   * stopped as one beyond its limits is.
   *
   * @default half of the machine's memory
   */
  readonly maxMemory?: number;
  /** How much each worker may take of what all share. @default as `WorkerLimits` has them */
  readonly limits?: Partial<WorkerLimits>;
  /**
   * Bytes of the data directory's disk that are to stay free. With less, workers that have written much in the last ten seconds
   * are stopped as one beyond its limits is; the less is left, the less is much.
   *
   * @default 256 MiB
   */
  readonly minFreeDisk?: number;
  /** Is told of workers that were stopped since they took too much, or that compute for long. @default nobody is */
  readonly onNotice?: (notice: HostNotice) => void;
  /**
   * Is told what happens in all workers, those to come among them: calls, prints and logs. What is replayed is not told again.
   *
   * @default nobody is
   */
  readonly onEvent?: (event: HostEvent) => void;
  /**
   * How workers come back into memory. `image`: an image of what a worker was is kept beside its oplog, when it leaves memory or
   * has recorded much, and only what came after is replayed. `replay`: all of it is, always.
   *
   * @default "image"
   */
  readonly recovery?: "image" | "replay";
  /** Oplog entries from which on a worker that leaves memory has an image kept; one that stays, from ten times as many on. 0, for tests: each time that a worker rests. @default 100 */
  readonly imageAfter?: number;
  /** A sleep further away than this leaves memory, in milliseconds. @default 10_000 */
  readonly suspendAfter?: number;
  /** False: what has failed is tried again at once, as often as otherwise. @default true */
  readonly retryDelays?: boolean;
  /**
   * Milliseconds for which workers may compute without a pause while a test lets time pass, which waits for them; the test is
   * told when it is longer.
   *
   * @default 25_000
   */
  readonly patience?: number;
  /** Milliseconds that the host's clock is ahead of the machine's. @default 0 */
  readonly clockAhead?: number;
  /**
   * Where guests may connect to, and listen: `public`, `private` (the networks of houses and companies) or `local` (this
   * machine, by whichever of its addresses); a name, an address or a range of addresses, also with a port:
   * `api.example.com`, `*.example.com:443`, `localhost:3000`, `10.0.0.0/8`. Names count for HTTP, and never lead to this
   * machine. What no line allows fails with `HTTP-request-denied` or `access-denied`.
   *
   * @default ["public", "private"]
   */
  readonly allow?: readonly string[];
  /**
   * Sends guests' HTTP requests elsewhere, by origin: `{ "https://pay.example": "http://127.0.0.1:3000" }`. The `Host`
   * header is the one that the guest asked, and so is what its oplog records; the scheme is that of the place they are sent
   * to. `allow` does not matter to them.
   *
   * @default {}
   */
  readonly routes?: Readonly<Record<string, string>>;
  /**
   * Behaves as that server does, wrongly too, where a program may rely on this host and must not rely on that server:
   * docs/golem-1.2.md has the list. For tests of what is to run there. @default no server's faults
   */
  readonly strict?: Strictness;
}

const NAMES: Readonly<Record<keyof HostOptions, true>> = {
  dataDir: true,
  shards: true,
  cacheDir: true,
  synchronous: true,
  maxIdleInstances: true,
  maxIdleMemory: true,
  maxWorkerMemory: true,
  maxMemory: true,
  limits: true,
  minFreeDisk: true,
  onNotice: true,
  onEvent: true,
  recovery: true,
  imageAfter: true,
  suspendAfter: true,
  retryDelays: true,
  patience: true,
  clockAhead: true,
  allow: true,
  routes: true,
  strict: true,
};

/** @throws TypeError for an option that there is not, or a strictness */
export function checkHostOptions(options: HostOptions): void {
  checkStrictness(options.strict);
  const names = Object.keys(NAMES);
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    const remedy = nearest === undefined ? `There are ${names.join(", ")}.` : `Did you mean "${nearest}"?`;
    throw new TypeError(`A host has no option "${name}". ${remedy}`);
  }
}
