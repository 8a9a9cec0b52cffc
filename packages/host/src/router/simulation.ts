import type { WorkerId } from "../ground/api/worker-id.ts";
import type { CrashPoint, ReplayReport } from "../ground/api/simulation.ts";
import type { PublicOplogEntries } from "../ground/api/public-oplog.ts";
import type { HostClock } from "../ground/clock/host-clock.ts";

import { ShardedClock } from "./sharded-clock.ts";
import type {
  CallFault,
  PlannedCalls,
  SharedContents,
  SimulatedClock,
  Simulation,
} from "../ground/api/simulation.ts";
import type { Activity, ActivityReport } from "../shard/activity.ts";
import type { SharedStores } from "../storage/shared-stores.ts";
import { Rest, REST_LIMITS } from "./rest.ts";
import type { RoutedWorkers } from "./routed-workers.ts";
import type { ShardThread } from "./shard-thread.ts";
import { workerTitles } from "./worker-titles.ts";

export interface SimulationParts {
  readonly shards: readonly ShardThread[];
  readonly workers: RoutedWorkers;
  readonly shared: SharedStores;
  /** What the router itself does for workers. */
  readonly activity: Activity;
  readonly clock: HostClock;
  /** As `HostOptions` has it. */
  readonly patience: number | undefined;
}

export class HostSimulation implements Simulation {
  readonly #parts: SimulationParts;
  readonly #rest: Rest;
  readonly clock: SimulatedClock;

  constructor(parts: SimulationParts) {
    this.#parts = parts;
    const { clock, shards, patience = REST_LIMITS.patience } = parts;
    const { components, schedule } = parts.shared;
    const title = workerTitles(components);
    this.#rest = new Rest(() => this.#reports(title), { ...REST_LIMITS, patience });
    this.clock = new ShardedClock({
      clock,
      shards,
      settled: () => this.settled(),
      wakes: () => schedule.wakes(),
      title,
    });
  }

  crash(id: WorkerId, point: CrashPoint): Promise<boolean> {
    return this.#parts.workers.planCrash(id, point);
  }

  async failCalls(id: WorkerId, fault: CallFault, calls: PlannedCalls = {}): Promise<void> {
    await this.#parts.workers.planFault(id, fault, calls);
  }

  settled(): Promise<void> {
    return this.#rest.reached();
  }

  async reset(): Promise<void> {
    await Promise.all(this.#parts.shards.map((shard) => shard.channel.call("reset")));
    const { keyValue, blobs, promises, schedule } = this.#parts.shared;
    for (const store of [keyValue, blobs, promises, schedule]) store.clear();
  }

  contents(): SharedContents {
    const { keyValue, blobs } = this.#parts.shared;
    return { keyValue: keyValue.contents(), blobs: blobs.contents() };
  }

  promises(id: WorkerId): readonly number[] {
    return this.#parts.shared.promises.of(id);
  }

  async keepImages(after: number | undefined): Promise<void> {
    await Promise.all(this.#parts.shards.map((shard) => shard.channel.call("keepImages", after)));
  }

  replay(id: WorkerId): Promise<ReplayReport> {
    return this.#parts.workers.replay(id);
  }

  async replayOn(componentId: string, version: number, entries: PublicOplogEntries): Promise<ReplayReport> {
    const [shard] = this.#parts.shards;
    if (shard === undefined) throw new Error("The host has no shards");
    return shard.channel.call("replayOn", componentId, version, entries);
  }

  async #reports(title: (id: string) => string): Promise<readonly ActivityReport[]> {
    const shards = await Promise.all(this.#parts.shards.map((shard) => shard.channel.call("activity")));
    const reports = [...shards, this.#parts.activity.report()];
    return reports.map(({ names, ...report }) => Object.assign(report, { names: names.map(title) }));
  }
}
