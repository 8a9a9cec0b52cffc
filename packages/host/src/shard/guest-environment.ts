import type { Component } from "../ground/api/components.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";

/**
 * The worker's variables, then the component's that the worker does not set. A worker is created with it: it keeps what its
 * component's environment had then, whatever later versions have.
 */
export function mergedEnvironment(
  env: Readonly<Record<string, string>>,
  component: Component,
): Readonly<Record<string, string>> {
  const fromComponent = Object.entries(component.env).filter(([name]) => !Object.hasOwn(env, name));
  return Object.fromEntries([...Object.entries(env), ...fromComponent]);
}

/**
 * The variables that a worker was given itself, out of what it was created with.
 *
 * @param component the version that it was created with
 */
export function ownEnvironment(
  env: Readonly<Record<string, string>>,
  component: Component,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => component.env[name] !== value));
}

/**
 * The environment as the guest sees it: that of the worker and of its component's present version, then the three
 * variables that say who it is, which nobody else can set.
 */
export function guestEnvironment(
  workerId: WorkerId,
  env: Readonly<Record<string, string>>,
  component: Component,
): readonly (readonly [string, string])[] {
  const own = {
    GOLEM_WORKER_NAME: workerId.workerName,
    GOLEM_COMPONENT_ID: workerId.componentId,
    GOLEM_COMPONENT_VERSION: String(component.versionedComponentId.version),
  };
  const given = Object.entries(mergedEnvironment(env, component)).filter(
    ([name]) => !Object.hasOwn(own, name),
  );
  return [...given, ...Object.entries(own)];
}
