import { TestWorker } from "../test-worker.ts";
import { findComponent, type Workspace } from "../workspace.ts";

/** What a scenario plays with, instead of the test's own. Everything is new in each run, and named the same. */
export type Scene = Pick<Workspace, "host" | "worker">;

/**
 * Does something with workers; what it returns is part of what is compared: values of WIT, errors, and what has `toJSON`. Of
 * other objects of classes only the class is.
 */
export type Scenario = (scene: Scene) => Promise<unknown>;

/**
 * Workers without a name, and invocations, are named after their place in the scenario.
 *
 * @param keys tells the invocations of runs apart that must not be the same
 */
export function sceneOf({ host, components }: Pick<Workspace, "host" | "components">, keys: string): Scene {
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
