import { setTimeout as delay } from "node:timers/promises";
import { isHint } from "@golem-kit/host";
import { findComponent, type Workspace } from "../workspace.ts";
import type { CrashedEntry } from "./crash-difference-error.ts";
import type { EveryCrashOptions } from "./every-crash-options.ts";
import { type Difference, differences, type Expectation } from "./expectation.ts";
import { outcomeOf, type Outcome, recordedWorkers, type Settled, settle, workerTitle } from "./outcome.ts";
import { type Scenario, sceneOf } from "./scene.ts";

/** Milliseconds that a scenario may take, with its crashes. */
const RUN_LIMIT = 20_000;

export interface Run {
  readonly outcome: Outcome;
  /** What the scenario has thrown, if it has. */
  readonly thrown: Settled["thrown"];
  readonly entries: readonly CrashedEntry[];
  readonly happened: readonly boolean[];
  readonly hangs: boolean;
}

/** Plays a scenario, each time on a host without workers. */
export class Stage {
  readonly #workspace: Workspace;
  readonly #scenario: Scenario;
  readonly #options: EveryCrashOptions;
  readonly #crashing: ReadonlySet<string>;
  #prepared: ReadonlyMap<string, number> = new Map();

  constructor(workspace: Workspace, scenario: Scenario, options: EveryCrashOptions) {
    this.#workspace = workspace;
    this.#scenario = scenario;
    this.#options = options;
    const named = options.components?.map((name) => findComponent(workspace.components, name));
    const crashing = [...(named ?? workspace.components.values())].filter(
      ({ componentType }) => componentType === "Durable",
    );
    this.#crashing = new Set(crashing.map(({ versionedComponentId }) => versionedComponentId.componentId));
  }

  /** @param keys tells the invocations of runs apart that must not be the same */
  async play(keys: string, crashes: readonly CrashedEntry[]): Promise<Run> {
    const { host, components } = this.#workspace;
    await this.#workspace.reset();
    const scene = sceneOf(this.#workspace, keys);
    await this.#options.prepare?.(scene);
    await host.simulation.settled();
    if (this.#prepared.size === 0) this.#prepared = await this.#lengths();
    const happened = crashes.map(() => false);
    const losesUncommitted = this.#options.uncommitted === "lost";
    for (const [at, { id, index }] of crashes.entries()) {
      void host.simulation.crash(id, { afterEntry: index, losesUncommitted }).then((crashed) => {
        happened[at] = crashed;
      });
    }
    const limit = new AbortController();
    const hangs = delay(RUN_LIMIT, "hangs", { signal: limit.signal, ref: false });
    hangs.catch(() => undefined);
    const settling = settle(() => this.#scenario(scene));
    const ended = await Promise.race([settling.then(() => host.simulation.settled()), hangs]);
    limit.abort();
    const workers = await recordedWorkers(host, components.values());
    const { result, thrown }: Settled =
      ended === "hangs" ? { result: `did not end within ${RUN_LIMIT / 1_000} s` } : await settling;
    const outcome = await outcomeOf(host, result, workers);
    const entries = workers.flatMap((worker) =>
      worker.entries.map(({ oplogIndex, entry }) => ({
        id: worker.id,
        worker: workerTitle(worker),
        index: oplogIndex,
        entry,
      })),
    );
    return { outcome, thrown, entries, happened, hangs: ended === "hangs" };
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

  compare(expected: Expectation, { outcome }: Run): readonly Difference[] {
    const found = differences(expected, outcome);
    return found.filter(({ path }) => this.#options.ignore?.(path) !== true);
  }

  async #lengths(): Promise<ReadonlyMap<string, number>> {
    const workers = await recordedWorkers(this.#workspace.host, this.#workspace.components.values());
    return new Map(workers.map((worker) => [workerTitle(worker), worker.entries.length]));
  }
}
