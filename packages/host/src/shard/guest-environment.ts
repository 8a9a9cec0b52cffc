import type { Component, WorkerId } from "../api.ts";

/**
 * The environment as the guest sees it: the worker's variables, then the component's that the worker does not set, then
 * the three that say who it is, which nobody else can set.
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
  const fromComponent = Object.entries(component.env).filter(([name]) => !Object.hasOwn(env, name));
  const given = [...Object.entries(env), ...fromComponent].filter(([name]) => !Object.hasOwn(own, name));
  return [...given, ...Object.entries(own)];
}
