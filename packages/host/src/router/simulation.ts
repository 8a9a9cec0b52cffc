import { setTimeout as delay } from "node:timers/promises";

import type { HostClock } from "../clock/host-clock.ts";
import { realNow } from "../clock/real-time.ts";

import type { WorkerId } from "../api.ts";
import { ShardedClock } from "./sharded-clock.ts";
import type { CallFault, PlannedCalls, SharedContents, SimulatedClock, Simulation } from "../simulation.ts";
import type { Activity, ActivityReport } from "../shard/activity.ts";
import type { SharedStores } from "../storage/shared-stores.ts";
import type { CrashPoint } from "../worker/crash-plan.ts";
import type { PublicOplogEntries } from "../oplog/recorded-entry.ts";
import type { ReplayReport } from "../worker/replay-check.ts";
import type { RoutedWorkers } from "./routed-workers.ts";
import type { ShardThread } from "./shard-thread.ts";

/** How long a worker may wait for something outside of the host before the host counts as settled, in milliseconds. */
const PATIENCE = 2_000;

/** How long what was waited for in vain is given again: it may just have come, by what the test did last; in milliseconds. */
const GRACE = 100;

/** How long workers may run before nobody believes that they will end, in milliseconds. */
const LIMIT = 120_000;

export interface SimulationParts {
  readonly shards: readonly ShardThread[];
  readonly workers: RoutedWorkers;
  readonly shared: SharedStores;
  /** What the router itself does for workers. */
  readonly activity: Activity;
  readonly clock: HostClock;
}

export class HostSimulation implements Simulation {
  readonly #parts: SimulationParts;
  readonly clock: SimulatedClock;

  constructor(parts: SimulationParts) {
    this.#parts = parts;
    this.clock = new ShardedClock(parts.clock, parts.shards, () => this.settled());
  }

  crash(id: WorkerId, point: CrashPoint): Promise<boolean> {
    return this.#parts.workers.planCrash(id, point);
  }

  async failCalls(id: WorkerId, fault: CallFault, calls: PlannedCalls = {}): Promise<void> {
    await this.#parts.workers.planFault(id, fault, calls);
  }

  /**
   * Two looks in a row must see the same: what was on its way between threads during the first one has arrived before the
   * second one.
   */
  async settled(): Promise<void> {
    const start = realNow();
    let before: string | undefined;
    for (;;) {
      const reports = await this.#reports();
      const running = reports.reduce((sum, report) => sum + report.running, 0);
      const now = realNow();
      const passed = now - start;
      const isInVain = (since: number): boolean => passed > GRACE && now - since > PATIENCE;
      const isQuiet = running === 0 && reports.every(({ outside }) => outside.every(isInVain));
      const changes = isQuiet ? reports.map((report) => report.changes).join() : undefined;
      if (changes !== undefined && changes === before) return;
      before = changes;
      if (passed > LIMIT) {
        throw new Error(
          `The host does not come to rest: after ${LIMIT / 1_000} s ${running} workers still run. ` +
            "What to do: look for an endless loop, or for workers that call each other for ever",
        );
      }
      if (!isQuiet) await delay(1);
    }
  }

  async reset(): Promise<void> {
    await Promise.all(this.#parts.shards.map((shard) => shard.reset()));
    const { keyValue, blobs, promises, schedule } = this.#parts.shared;
    for (const store of [keyValue, blobs, promises, schedule]) store.clear();
  }

  contents(): SharedContents {
    const { keyValue, blobs } = this.#parts.shared;
    return { keyValue: keyValue.contents(), blobs: blobs.contents() };
  }

  replay(id: WorkerId): Promise<ReplayReport> {
    return this.#parts.workers.replay(id);
  }

  async replayOn(componentId: string, version: number, entries: PublicOplogEntries): Promise<ReplayReport> {
    const [shard] = this.#parts.shards;
    if (shard === undefined) throw new Error("The host has no shards");
    return shard.channel.call("replayOn", componentId, version, entries);
  }

  async #reports(): Promise<readonly ActivityReport[]> {
    const shards = await Promise.all(this.#parts.shards.map((shard) => shard.channel.call("activity")));
    return [...shards, this.#parts.activity.report()];
  }
}
