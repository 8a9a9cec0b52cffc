import type { Application, Builder } from "@golem-kit/build";
import type { Component, Host } from "@golem-kit/host";
import { type BuildRound, buildRound, type StepTimes } from "./build-round.ts";
import type { Deployments } from "./deployments.ts";
import type { MovedWorkers, NewDevEvent, StageTimes } from "./dev-event.ts";
import { Failures } from "./failures.ts";
import { allWorkers, moveWorkers, type WorkerMove } from "./move-workers.ts";
import { staysOf } from "./stay.ts";

export interface RoundsOptions {
  readonly rootDir: string;
  readonly host: Host;
  readonly builder: Builder;
  readonly deployments: Deployments;
  readonly emit: (event: NewDevEvent) => void;
  /** Ends the moving of workers; those that are left are moved by the next round. */
  readonly signal: AbortSignal;
}

/** What one round has found out about the application. */
export interface RoundResult {
  readonly app: Application;
  /** Absolute paths of the files that programs are made of. */
  readonly sources: readonly string[];
}

/** From what is saved to workers on its code, again and again; one round at a time. */
export class Rounds {
  readonly #options: RoundsOptions;
  readonly #failures: Failures;
  readonly #sources = new Map<string, readonly string[]>();
  #known: ReadonlySet<string> | undefined;

  constructor(options: RoundsOptions) {
    this.#options = options;
    this.#failures = new Failures(options.emit);
  }

  /**
   * Builds what is stale, deploys what differs, and moves the workers. Nothing is thrown for what a person can put right.
   *
   * @returns undefined if the manifests cannot be read
   */
  async run(options: { readonly force: boolean; readonly start: number }): Promise<RoundResult | undefined> {
    const round = await this.#build(options.force);
    if (round === undefined) return undefined;
    for (const outcome of round.outcomes)
      if ("built" in outcome) this.#sources.set(outcome.name, outcome.built.sources);
    await this.#tellNames(round.app);
    const deployed = await this.#deployAll(round);
    for (const { component, ms } of deployed) {
      const times = { ...this.#timesOf(round, component.componentName), deploy: ms };
      await this.#move(component, times, options.start);
    }
    return { app: round.app, sources: [...this.#sources.values()].flat() };
  }

  async #build(force: boolean): Promise<BuildRound | undefined> {
    const { builder, rootDir, emit } = this.#options;
    try {
      const onStep = (component: string, step: string): void =>
        emit({ type: "building", component, step } as NewDevEvent);
      const round = await buildRound(builder, rootDir, { force, onStep });
      this.#failures.mended(undefined);
      for (const warning of round.warnings) emit({ type: "warning", ...warning });
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
    const { host, deployments, emit } = this.#options;
    const before = this.#known ?? new Set([...deployments.names, ...app.components.keys()]);
    for (const name of app.components.keys()) if (!before.has(name)) emit({ type: "added", component: name });
    for (const name of before) {
      if (app.components.has(name)) continue;
      const [component] = host.components.list(name);
      this.#failures.forget(name);
      deployments.forget(name);
      this.#sources.delete(name);
      emit({ type: "removed", component: name, workers: component === undefined ? 0 : await count(host, component) });
    }
    this.#known = new Set(app.components.keys());
  }

  async #deployAll(round: BuildRound): Promise<readonly { readonly component: Component; readonly ms: number }[]> {
    const { deployments } = this.#options;
    const deployed: { readonly component: Component; readonly ms: number }[] = [];
    for (const built of await deployments.stale(round.outcomes)) {
      try {
        deployed.push(await deployments.deploy(built));
      } catch (error) {
        await this.#failures.failed(built.name, error);
      }
    }
    return deployed;
  }

  async #move(component: Component, times: Omit<StageTimes, "replay" | "total">, start: number): Promise<void> {
    const { host, emit, signal } = this.#options;
    const { version } = component.versionedComponentId;
    const begin = performance.now();
    const moves = component.componentType === "Durable" ? await moveWorkers(host, component, signal) : [];
    const now = performance.now();
    emit({
      type: "deployed",
      component: component.componentName,
      version,
      workers: counted(moves),
      times: { ...times, replay: now - begin, total: now - start },
    });
    for (const stay of await staysOf(component, moves)) emit({ type: "stays", ...stay });
  }

  #timesOf({ times }: BuildRound, name: string): Pick<StageTimes, "bundle" | "initialise"> {
    const { wit = 0, bundle = 0, compile = 0 }: StepTimes = times.get(name) ?? {};
    return { bundle: wit + bundle, initialise: compile };
  }
}

function counted(moves: readonly WorkerMove[]): MovedWorkers {
  const of = (status: WorkerMove["outcome"]["status"]): number =>
    moves.filter(({ outcome }) => outcome.status === status).length;
  return { moved: of("moved"), later: of("later"), stay: of("stays") };
}

async function count(host: Host, { versionedComponentId }: Component): Promise<number> {
  let found = 0;
  for await (const _worker of allWorkers(host, versionedComponentId.componentId)) found += 1;
  return found;
}
