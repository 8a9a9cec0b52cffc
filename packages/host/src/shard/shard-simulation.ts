import type { WorkerId } from "../ground/api/worker-id.ts";
import { type PublicOplogEntries } from "../ground/api/public-oplog.ts";
import type { CrashPoint, ReplayReport } from "../ground/api/simulation.ts";
import type { Due, HostClock } from "../ground/clock/host-clock.ts";
import { recordedTypes } from "../interfaces/registry.ts";
import { recordedOplog } from "../oplog/recorded-entry.ts";
import type { PlannedCalls } from "../ground/api/simulation.ts";
import type { ActivityReport } from "./activity.ts";
import type { CallFaults, ShardCallFault } from "./call-faults.ts";
import type { ShardSimulationOperations } from "./protocol.ts";
import type { ShardWorkers } from "./shard-workers.ts";

/** What a test does to the workers of one shard. */
export class ShardSimulation implements ShardSimulationOperations {
  readonly #workers: ShardWorkers;
  readonly #faults: CallFaults;
  readonly #clock: HostClock;

  constructor(workers: ShardWorkers, faults: CallFaults, clock: HostClock) {
    this.#workers = workers;
    this.#faults = faults;
    this.#clock = clock;
  }

  planCrash(id: WorkerId, point: CrashPoint): Promise<boolean> {
    return this.#workers.crashes(id).add(point);
  }

  planFault(id: WorkerId, fault: ShardCallFault, calls: PlannedCalls): void {
    this.#faults.plan(id, fault, calls);
  }

  openGate(gate: string): void {
    this.#faults.open(gate);
  }

  activity(): ActivityReport {
    return this.#workers.activity.report();
  }

  nextTimer(): Due | undefined {
    return this.#clock.next;
  }

  timers(): readonly Due[] {
    return this.#clock.workers;
  }

  clockMoved(): void {
    this.#clock.moved();
  }

  keepImages(after: number | undefined): void {
    this.#workers.resting.imaging.after = after;
  }

  replay(id: WorkerId): Promise<ReplayReport> {
    return this.#workers.instances.replayWorker(this.#workers.existing(id));
  }

  async replayOn(componentId: string, version: number, entries: PublicOplogEntries): Promise<ReplayReport> {
    const recorded = recordedOplog(entries, version, recordedTypes);
    return this.#workers.instances.replay(recorded.workerId, { componentId, version }, recorded.entries);
  }

  reset(): Promise<void> {
    this.#faults.clear();
    return this.#workers.reset();
  }
}
