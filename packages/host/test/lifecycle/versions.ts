import { expect } from "vitest";

import { fixtureComponent, type FixtureName } from "../fixtures/fixture-component.ts";
import type { Hosted, HostedWorker } from "../hosted.ts";

/** Adds another version of a component. @returns its number */
export async function deploy(
  hosted: Hosted,
  name: FixtureName,
  edit: (program: string) => string,
): Promise<number> {
  const program = await fixtureComponent(name, edit);
  const { components } = hosted.host;
  const component = await components.update(hosted.componentId(name), { ...program, env: { MOOD: "new" } });
  return component.versionedComponentId.version;
}

/** A worker's updates, without their times. */
export async function updatesOf(worker: HostedWorker): Promise<string[]> {
  const { updates } = await worker.metadata();
  return updates.map(({ type, targetVersion, details }) =>
    [type, targetVersion, ...(details ? [details.split("\n")[0]] : [])].join(" "),
  );
}

/** Waits until no update is under way. */
export async function updated(worker: HostedWorker): Promise<string[]> {
  await expect
    .poll(() => updatesOf(worker), { interval: 10, timeout: 20_000 })
    .toSatisfy(
      (updates: string[]) =>
        updates.length > 0 && !updates.some((update) => update.startsWith("pendingUpdate")),
    );
  return updatesOf(worker);
}
