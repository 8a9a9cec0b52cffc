import type { Application, BuiltComponent, Builder } from "@golem-kit/build";
import type { Component, Host, WorkerId } from "@golem-kit/host";
import { attemptedPlace } from "./attempted-place.ts";
import { brokenCalls } from "./broken-calls.ts";
import { type BuildRound, buildRound, type StepTimes } from "./build-round.ts";
import { Deployments } from "./deployments.ts";
import type { MovedWorkers, NewDevEvent, StageTimes } from "./dev-event.ts";
import { Failures } from "./failures.ts";
import { allWorkers, moveWorkers, type WorkerMove } from "./move-workers.ts";
import type { ProgramMaps } from "./program-maps.ts";
import { staysOf } from "./stay.ts";
import type { WorkerFeed } from "./worker-feed.ts";

export interface RoundsOptions {
  readonly rootDir: string;
  readonly host: Host;
  readonly builder: Builder;
  readonly maps: ProgramMaps;
  readonly feed: WorkerFeed;
  readonly emit: (event: NewDevEvent) => void;
  /** Ends the moving of workers; those that are left are moved by the next round. */
  readonly signal: AbortSignal;
}

export interface RoundOptions {
  /** Builds even what has not changed. */
  readonly force: boolean;
  /** When the files were saved, by `performance.now()`. */
  readonly start: number;
  /** What was saved, as people name it: told once it is known that something comes of it. */
  readonly files: readonly string[];
}

/** What one round has found out about the application. */
export interface RoundResult {
  readonly app: Application;
  /** Absolute paths of the files that programs are made of. */
  readonly sources: readonly string[];
}

interface Deployed {
  readonly component: Component;
  readonly built: BuiltComponent;
  readonly isChanged: boolean;
  readonly ms: number;
}

/** From what is saved to workers on its code, again and again; one round at a time. */
export class Rounds {
  readonly #options: RoundsOptions;
  readonly #deployments: Deployments;
  readonly #failures: Failures;
  readonly #sources = new Map<string, readonly string[]>();
  #emit: (event: NewDevEvent) => void;
  #known: ReadonlySet<string> | undefined;
  /** Names of components whose workers may be on an older version: the first round looks at all of them. */
  #isFirst = true;

  constructor(options: RoundsOptions) {
    this.#options = options;
    this.#emit = options.emit;
    this.#deployments = new Deployments(options.host);
    this.#failures = new Failures((event) => this.#emit(event));
  }

  /**
   * Builds what is stale, deploys what differs, and moves the workers. Nothing is thrown for what a person can put right.
   *
   * @returns undefined if the manifests cannot be read
   */
  async run(options: RoundOptions): Promise<RoundResult | undefined> {
    this.#tellFilesFirst(options.files);
    const round = await this.#build(options.force);
    if (round === undefined) return undefined;
    const { app, outcomes } = round;
    for (const outcome of outcomes)
      if ("built" in outcome) this.#sources.set(outcome.name, outcome.built.sources);
    await this.#tellNames(app);
    const stale = await this.#deployments.stale(outcomes);
    if (await this.#isSafe(app, stale)) {
      for (const { component, built, isChanged, ms } of await this.#deployAll(stale)) {
        const times = { ...stagesOf(round, component.componentName), deploy: ms };
        await this.#move(component, built, { isChanged, times, start: options.start });
      }
      this.#isFirst = false;
    }
    return { app, sources: [...this.#sources.values()].flat() };
  }

  /** Of a save from which nothing comes, nothing is told. */
  #tellFilesFirst(files: readonly string[]): void {
    const { emit } = this.#options;
    let told = files.length === 0;
    this.#emit = (event) => {
      if (!told) emit({ type: "saved", files });
      told = true;
      emit(event);
    };
  }

  async #build(force: boolean): Promise<BuildRound | undefined> {
    const { builder, rootDir } = this.#options;
    try {
      const round = await buildRound(builder, rootDir, {
        force,
        onStep: (component, step) => this.#emit({ type: "building", component, step }),
        onBuilt: (component, ms) => this.#emit({ type: "built", component, ms, first: this.#isFirst }),
      });
      this.#failures.mended(undefined);
      for (const warning of round.warnings) this.#emit({ type: "warning", ...warning });
      for (const outcome of round.outcomes) {
        if ("error" in outcome) await this.#failures.failed(outcome.name, outcome.error);
        else this.#failures.mended(outcome.name);
      }
      return round;
    } catch (error) {
      await this.#failures.failed(undefined, error);
      return undefined;
    }
  }

  /** Which components have come and gone. The workers of those that have gone stay as they are. */
  async #tellNames(app: Application): Promise<void> {
    const { host } = this.#options;
    const deployed = host.components.list().map(({ componentName }) => componentName);
    const before = this.#known ?? new Set([...deployed, ...app.components.keys()]);
    this.#known = new Set(app.components.keys());
    for (const name of app.components.keys())
      if (!before.has(name)) this.#emit({ type: "added", component: name });
    for (const name of before) {
      if (app.components.has(name)) continue;
      const [component] = host.components.list(name);
      this.#failures.forget(name);
      this.#deployments.forget(name);
      this.#sources.delete(name);
      const workers = component === undefined ? 0 : await countWorkers(host, component);
      this.#emit({ type: "removed", component: name, workers });
    }
  }

  /** Nothing is deployed as long as calls between components would fail. */
  async #isSafe(app: Application, stale: readonly BuiltComponent[]): Promise<boolean> {
    const changed = stale.filter((built) => this.#deployments.mayHaveOtherWit(built));
    const calls = await brokenCalls(this.#options.host, app, changed);
    if (calls.length > 0) this.#emit({ type: "refused", calls });
    return calls.length === 0;
  }

  async #deployAll(stale: readonly BuiltComponent[]): Promise<readonly Deployed[]> {
    const deployed: Deployed[] = [];
    for (const built of stale) {
      const start = performance.now();
      try {
        const { component, change } = await this.#deployments.deploy(built);
        const { version } = component.versionedComponentId;
        await this.#options.maps.keep(built.name, version, built.mapPath);
        deployed.push({ component, built, isChanged: change !== "unchanged", ms: performance.now() - start });
      } catch (error) {
        await this.#failures.failed(built.name, error);
      }
    }
    return deployed;
  }

  async #move(
    component: Component,
    built: BuiltComponent,
    {
      isChanged,
      times,
      start,
    }: { readonly isChanged: boolean } & {
      readonly times: Omit<StageTimes, "replay" | "total">;
      readonly start: number;
    },
  ): Promise<void> {
    const { host, maps, feed, signal } = this.#options;
    const { componentName, versionedComponentId, componentType } = component;
    if (componentType === "Ephemeral" && !isChanged) return;
    const begin = performance.now();
    const order = (componentId: string, worker: string): number => feed.lastCall(componentId, worker);
    const moves = componentType === "Durable" ? await moveWorkers(host, component, { order, signal }) : [];
    if (!isChanged && moves.length === 0) return;
    const now = performance.now();
    this.#emit({
      type: "deployed",
      component: componentName,
      version: versionedComponentId.version,
      workers: counted(moves),
      times: { ...times, replay: now - begin, total: now - start },
    });
    const placeOfCall = (worker: WorkerId) => attemptedPlace(host, worker, component, built, signal);
    for (const stay of await staysOf(component, moves, maps, placeOfCall))
      this.#emit({ type: "stays", ...stay });
  }
}

function stagesOf({ times }: BuildRound, name: string): Pick<StageTimes, "bundle" | "initialise"> {
  const { wit = 0, bundle = 0, compile = 0 }: StepTimes = times.get(name) ?? {};
  return { bundle: wit + bundle, initialise: compile };
}

function counted(moves: readonly WorkerMove[]): MovedWorkers {
  const of = (status: WorkerMove["outcome"]["status"]): number =>
    moves.filter(({ outcome }) => outcome.status === status).length;
  return { moved: of("moved"), later: of("later"), stay: of("stays") };
}

/** All workers of a component. */
export async function countWorkers(host: Host, { versionedComponentId }: Component): Promise<number> {
  let found = 0;
  for await (const _worker of allWorkers(host, versionedComponentId.componentId)) found += 1;
  return found;
}
