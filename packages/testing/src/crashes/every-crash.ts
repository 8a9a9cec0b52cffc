import { setTimeout as delay } from "node:timers/promises";
import { isHint } from "@golem-kit/host";
import { TestWorker } from "../test-worker.ts";
import { findComponent, type Workspace } from "../workspace.ts";
import { type CrashedEntry, CrashDifferenceError, type DifferentRun } from "./crash-difference-error.ts";
import { type Difference, differences, type Expectation, learn } from "./expectation.ts";
import { type Outcome, outcomeOf, recordedWorkers, settledResult, workerTitle } from "./outcome.ts";

/** Milliseconds that a scenario may take, with its crashes. */
const RUN_LIMIT = 20_000;

/** So many differing runs tell enough. */
const MOST_DIFFERENCES = 5;

/** What a scenario plays with. Everything is new in each run, and named the same. */
export type Scene = Pick<Workspace, "host" | "worker">;

/** Does something with workers; what it returns or throws is part of what is compared. */
export type Scenario = (scene: Scene) => Promise<unknown>;

export interface EveryCrashOptions {
  /** Runs before the scenario, each time, and is not disturbed. */
  readonly prepare?: Scenario;
  /** How often each run crashes: with 2, again at another entry, just after the first one or elsewhere. @default 1 */
  readonly crashes?: 1 | 2;
  /**
   * With 2 crashes: at every two entries instead of at two for each entry. That are n × (n + 1) / 2 runs for n entries: `runs`
   * limits them. @default false
   */
  readonly everyPair?: boolean;
  /**
   * What becomes of entries that are not committed when a worker crashes. They are `kept` when Golem simulates a crash, or a
   * program traps: each run replays to another entry, which finds more. They are `lost` when a process is killed: it comes back
   * to its last commit, and does again what was not committed.
   *
   * @default "kept"
   */
  readonly uncommitted?: "lost" | "kept";
  /** Names of the components whose workers crash. @default all that are durable */
  readonly components?: readonly string[];
  /** The most runs; if there are more entries, they are taken at even distances. @default as many as there are entries */
  readonly runs?: number;
  /** Ends it after the present run, e.g. the `signal` of a test that takes too long. */
  readonly signal?: AbortSignal;
  /** What may differ: `keyValue.stock.tea`, `workers.shop:cart/ada.log[0].message`. @default nothing */
  readonly ignore?: (path: string) => boolean;
}

export interface EveryCrashReport {
  /** Oplog entries of the undisturbed run, hints apart. */
  readonly entries: number;
  /** Runs that were crashed. */
  readonly runs: number;
  /** Runs that there are without a limit. */
  readonly possible: number;
  /** Entries that were not reached a second time, since the run took another way. */
  readonly unreached: readonly CrashedEntry[];
}

/**
 * Plays a scenario once undisturbed, and once for each entry of each oplog that it leaves, crashing the entry's worker just
 * after it; all must come out the same: results, statuses, invocations of all workers with parameters and results, logs,
 * key-value store and blob store. What differs between two undisturbed runs, such as times and random numbers, may differ.
 *
 * A run takes some 50 ms. The host that `workspace` has is reset before each.
 *
 * @throws CrashDifferenceError with the entries and the differences
 */
export async function everyCrash(
  workspace: Workspace,
  scenario: Scenario,
  options: EveryCrashOptions = {},
): Promise<EveryCrashReport> {
  const stage = new Stage(workspace, scenario, options);
  const first = await stage.play("first", []);
  const second = await stage.play("second", []);
  const expected = learn(first.outcome, second.outcome);
  const points = stage.points(first.entries);
  const all = crashPlans(points, options);
  const plans = spread(all, options.runs);
  const unreached: CrashedEntry[] = [];
  const different: DifferentRun[] = [];
  for (const plan of plans) {
    options.signal?.throwIfAborted();
    const run = await stage.play("first", plan);
    unreached.push(...plan.filter((_, at) => run.happened[at] !== true));
    const found = stage.compare(expected, run);
    if (found.length > 0) different.push({ crashes: plan, differences: found, entries: first.entries });
    if (different.length === MOST_DIFFERENCES || run.hangs) break;
  }
  if (different.length > 0) throw new CrashDifferenceError(different, plans.length);
  if (plans.length === 0)
    throw new Error("everyCrash found no entry to crash at: the scenario invokes no durable worker");
  return { entries: points.length, runs: plans.length, possible: all.length, unreached };
}

interface Run {
  readonly outcome: Outcome;
  readonly entries: readonly CrashedEntry[];
  readonly happened: readonly boolean[];
  readonly hangs: boolean;
}

class Stage {
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
    const result = settledResult(() => this.#scenario(scene));
    const ended = await Promise.race([result.then(() => host.simulation.settled()), hangs]);
    limit.abort();
    const workers = await recordedWorkers(host, components.values());
    const outcome = await outcomeOf(
      host,
      ended === "hangs" ? `did not end within ${RUN_LIMIT / 1_000} s` : await result,
      workers,
    );
    const entries = workers.flatMap((worker) =>
      worker.entries.map(({ oplogIndex, entry }) => ({
        id: worker.id,
        worker: workerTitle(worker),
        index: oplogIndex,
        entry,
      })),
    );
    return { outcome, entries, happened, hangs: ended === "hangs" };
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

/** Workers without a name, and invocations, are named after their place in the scenario. */
function sceneOf({ host, components }: Workspace, keys: string): Scene {
  let workers = 0;
  let invocations = 0;
  const nextKey = (): string => {
    invocations += 1;
    return `${keys}-${invocations}`;
  };
  return {
    host,
    worker: (componentName: string, name?: string) => {
      workers += 1;
      const component = findComponent(components, componentName);
      return new TestWorker(host, component, name ?? `test-${workers}`, nextKey);
    },
  };
}

/** Which entries each run crashes at. */
function crashPlans(
  points: readonly CrashedEntry[],
  { crashes = 1, everyPair = false }: EveryCrashOptions,
): readonly (readonly CrashedEntry[])[] {
  if (crashes === 1) return points.map((point) => [point]);
  if (everyPair) {
    return points.flatMap((first, at) => points.slice(at).map((second) => [first, second]));
  }
  // In turn: just after the recovery, half-way round, and just before the first one.
  const steps = [1, Math.ceil(points.length / 2), points.length - 1];
  return points.map((point, at) => {
    const step = steps[at % steps.length] ?? 1;
    const second = points[(at + step) % points.length];
    return second === undefined || second === point ? [point] : [point, second];
  });
}

/** At most `count` of them, at even distances. */
function spread<T>(all: readonly T[], count = all.length): readonly T[] {
  if (count >= all.length) return all;
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)] as T);
}
