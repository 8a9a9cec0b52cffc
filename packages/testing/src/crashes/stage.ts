import { isHint, settlesWithin } from "@golem-kit/host";
import { toNanoseconds } from "@golem-kit/sdk";
import { findComponent, type Workspace } from "../workspace.ts";
import type { CrashedEntry } from "./crash-difference-error.ts";
import type { EveryCrashOptions, Recovery } from "./every-crash-options.ts";
import { type Difference, differences, type Expectation } from "./expectation.ts";
import { outcomeOf, type Outcome, recordedWorkers, type Settled, settle, workerTitle } from "./outcome.ts";
import { RunCrashes } from "./run-crashes.ts";
import { type Scenario, sceneOf } from "./scene.ts";

export interface Run {
  readonly outcome: Outcome;
  /** What the scenario has thrown, if it has. */
  readonly thrown: Settled["thrown"];
  readonly entries: readonly CrashedEntry[];
  /** Where it was to crash and has not. */
  readonly unreached: readonly CrashedEntry[];
  /** It has not ended within the limit. */
  readonly hangs: boolean;
}

/** Plays a scenario, each time on a host without workers. */
export class Stage {
  readonly #workspace: Workspace;
  readonly #scenario: Scenario;
  readonly #options: EveryCrashOptions;
  readonly #crashing: ReadonlySet<string>;
  /** Seconds that a run may take. */
  readonly #limit: number;
  #prepared: ReadonlyMap<string, number> = new Map();

  constructor(workspace: Workspace, scenario: Scenario, options: EveryCrashOptions) {
    this.#workspace = workspace;
    this.#scenario = scenario;
    this.#options = options;
    this.#limit = Number(toNanoseconds(options.limit ?? "20 s")) / 1e9;
    const named = options.components?.map((name) => findComponent(workspace.components, name));
    const crashing = [...(named ?? workspace.components.values())].filter(
      ({ componentType }) => componentType === "Durable",
    );
    this.#crashing = new Set(crashing.map(({ versionedComponentId }) => versionedComponentId.componentId));
  }

  /** @param keys tells the invocations of runs apart that must not be the same */
  async play(keys: string, crashes: readonly CrashedEntry[], recovery: Recovery = "replay"): Promise<Run> {
    const { host, components } = this.#workspace;
    await this.#workspace.reset();
    const losesUncommitted = this.#options.uncommitted === "lost";
    const arranged = new RunCrashes(host, { losesUncommitted, recovery });
    await arranged.begin();
    const scene = sceneOf({ host: arranged.host, components }, keys);
    await this.#options.prepare?.(scene);
    await host.simulation.settled();
    if (this.#prepared.size === 0) this.#prepared = await this.#lengths();
    arranged.arrange(crashes);
    const settling = settle(() => this.#scenario(scene));
    const end = settling.then(() => host.simulation.settled());
    const hangs = !(await settlesWithin(end, this.#limit * 1_000));
    if (!hangs) await end;
    const workers = await recordedWorkers(host, components.values());
    const { result, thrown }: Settled = hangs ? { result: this.hanging } : await settling;
    const outcome = await outcomeOf(host, result, workers);
    const entries = workers.flatMap((worker) =>
      worker.entries.map(({ oplogIndex, entry }) => ({
        id: worker.id,
        worker: workerTitle(worker),
        index: oplogIndex,
        entry,
      })),
    );
    return { outcome, thrown, entries, unreached: arranged.unreached, hangs };
  }

  /** Where a crash makes a difference. */
  points(entries: readonly CrashedEntry[]): readonly CrashedEntry[] {
    return entries.filter(
      ({ id, worker, index, entry }) =>
        this.#crashing.has(id.componentId) &&
        index > (this.#prepared.get(worker) ?? 0) &&
        (entry.type === "Log" || !isHint(entry.type as Parameters<typeof isHint>[0])),
    );
  }

  compare(expected: Expectation, { outcome, hangs }: Run): readonly Difference[] {
    const found = differences(expected, outcome);
    return found.filter(({ path }) => (hangs && path === "result") || this.#options.ignore?.(path) !== true);
  }

  /** What a run has done that has not ended. */
  get hanging(): string {
    return `did not end within ${this.#limit} s`;
  }

  async #lengths(): Promise<ReadonlyMap<string, number>> {
    const workers = await recordedWorkers(this.#workspace.host, this.#workspace.components.values());
    return new Map(workers.map((worker) => [workerTitle(worker), worker.entries.length]));
  }
}
