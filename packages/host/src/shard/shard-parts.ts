import type { InstanceFiles } from "../filesystem/instance-files.ts";
import type { Turns } from "../engine/preemption/turns.ts";
import type { HostClock } from "../ground/clock/host-clock.ts";
import type { NetworkPolicy } from "../ground/network/network-policy.ts";
import type { SharedStores } from "../storage/shared-stores.ts";
import type { Limits } from "../worker/instance/limit-guard.ts";
import type { Channel } from "./channel.ts";
import type { Departures } from "./departures.ts";
import type { RouterOperations, ShardOptions } from "./protocol.ts";
import type { WorkerStore } from "./worker-store.ts";

/** What a shard is made of, beside its workers. */
export interface ShardParts {
  readonly options: ShardOptions;
  readonly store: WorkerStore;
  readonly shared: SharedStores;
  readonly files: InstanceFiles;
  readonly network: NetworkPolicy;
  readonly router: Channel<RouterOperations>;
  readonly clock: HostClock;
  readonly limits: Limits;
  readonly turns: Turns;
  /** Absent where nothing that leaves waits until it survives a loss of power. */
  readonly departures: Departures | undefined;
}
