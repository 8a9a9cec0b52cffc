import { latestComponent } from "@golem-kit/deployment";
import type { Component, WorkerId } from "@golem-kit/host";
import { unknownName } from "@golem-kit/wit";
import type { GolemClient } from "./rest/golem-client.ts";

/** The latest version of a component on a server. @throws NameError with the nearest name when there is none */
export async function deployedComponent(client: GolemClient, name: string): Promise<Component> {
  const component = await latestComponent(client, name);
  if (component !== undefined) return component;
  const known = new Set((await client.list()).map((one) => one.componentName));
  throw unknownName("component", name, { place: `on ${client.url}`, known });
}

/** A worker of a component that is known by its name. @throws NameError when there is no such component */
export async function workerOf(
  client: GolemClient,
  componentName: string,
  workerName: string,
): Promise<WorkerId> {
  const { versionedComponentId } = await deployedComponent(client, componentName);
  return { componentId: versionedComponentId.componentId, workerName };
}
