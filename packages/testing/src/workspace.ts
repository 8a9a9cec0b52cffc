import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildEachComponent, findApplicationRoot, GuestSources, loadApplication } from "@golem-kit/build";
import { deployAll } from "@golem-kit/deployment";
import type { Component, HostOptions } from "@golem-kit/host";
import { unknownName } from "@golem-kit/wit";
import { ReplayTarget } from "./replay-target.ts";
import { createTestHost, type TestHost } from "./test-host.ts";
import { TestWorker } from "./test-worker.ts";
import type { ComponentApi, KnownComponent } from "./typed-api.ts";

/** The application's components on a host of their own. */
export interface Workspace extends AsyncDisposable {
  readonly host: TestHost;
  /** What is deployed, by name. */
  readonly components: ReadonlyMap<string, Component>;
  /** A component, as what saved oplogs are replayed on. */
  readonly component: (name: string) => ReplayTarget;
  /** Removes all workers and what they share. Components stay. */
  reset(): Promise<void>;
  readonly worker: WorkerOf;
}

/** Gives the worker of a component. */
export interface WorkerOf {
  /**
   * @param component its name, e.g. `shop:orders`
   * @param name the worker's name
   * @default name one that no other worker of this workspace has
   */
  <Component extends KnownComponent>(
    component: Component,
    name?: string,
  ): TestWorker<ComponentApi<Component>>;
  /**
   * The same for a component whose types nobody has generated, or only some of them.
   *
   * @typeParam Api types of its functions: `typeof import("shop:orders-exports/api")`
   */
  <Api = unknown>(component: string, name?: string): TestWorker<Api>;
}

export interface WorkspaceOptions {
  /** @default the outermost directory with a `golem.yaml` above the current one */
  readonly rootDir?: string;
  /**
   * What the host is created with, apart from its temporary data directory. Unless `allow` says otherwise, workers also
   * reach this machine: that is where a test runs the servers that they talk to.
   */
  readonly host?: Omit<HostOptions, "dataDir">;
}

/**
 * Builds what is stale, and deploys all of it to a host on a temporary directory, which goes when the workspace does. A component
 * that cannot be built is missing there: who asks for it is told why.
 */
export async function openWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const rootDir = options.rootDir ?? findApplicationRoot(process.cwd());
  const outcomes = await buildEachComponent(await loadApplication(rootDir));
  const built = outcomes.flatMap((outcome) => ("built" in outcome ? [outcome.built] : []));
  const failures = new Map(
    outcomes.flatMap((outcome) => ("error" in outcome ? [[outcome.name, outcome.error]] : [])),
  );
  await using resources = new AsyncDisposableStack();
  const dataDir = resources.adopt(await mkdtemp(join(tmpdir(), "golem-kit-")), removeDirectory);
  // Transpiling a component takes a second: all workspaces share what came of it.
  const cacheDir = join(rootDir, ".golem", "cache");
  const host = resources.use(
    await createTestHost(
      { cacheDir, allow: ["public", "private", "local"], ...options.host, dataDir },
      new GuestSources(built.map(({ mapPath }) => mapPath)),
    ),
  );
  const components = await deployAll(host.components, built);
  const find: FindComponent = (name) => {
    if (failures.has(name)) throw notBuilt(name, failures.get(name));
    return findComponent(components, name);
  };
  const kept = resources.move();
  return {
    host,
    components,
    component: (name) => new ReplayTarget(host, find(name)),
    reset: () => host.simulation.reset(),
    worker: createWorkers(host, find),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** @throws Error if there is none of this name, or it could not be built */
type FindComponent = (name: string) => Component;

function notBuilt(name: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`${name} cannot be built, and no test can use it: ${reason}`, { cause });
}

function createWorkers(host: TestHost, find: FindComponent): Workspace["worker"] {
  let count = 0;
  return (componentName: string, name?: string) => {
    const component = find(componentName);
    count += 1;
    return new TestWorker(host, component, name ?? `test-${count}`);
  };
}

/** @throws NameError with the nearest name if there is none */
export function findComponent(components: ReadonlyMap<string, Component>, name: string): Component {
  const component = components.get(name);
  if (component === undefined)
    throw unknownName("component", name, { place: "in golem.yaml", known: components.keys() });
  return component;
}

async function removeDirectory(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}
