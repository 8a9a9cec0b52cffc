import type { Component } from "@golem-kit/host";
import type { Stay, WaysOn } from "./dev-event.ts";
import type { WorkerMove } from "./move-workers.ts";

/** Why workers stay on an older version, for those that do. */
export async function staysOf(component: Component, moves: readonly WorkerMove[]): Promise<readonly Stay[]> {
  const { componentName, versionedComponentId } = component;
  return moves.flatMap(({ id, outcome }) => {
    if (outcome.status !== "stays") return [];
    const worker = { component: componentName, worker: id.workerName };
    return [
      {
        ...worker,
        version: outcome.version,
        targetVersion: versionedComponentId.version,
        message: outcome.reason.message,
        ways: waysOn(worker.component, worker.worker, undefined),
      },
    ];
  });
}

/** The commands that bring a worker onto the new code. @param lastFitting the last entry that still fits, if it is known */
function waysOn(component: string, worker: string, lastFitting: number | undefined): WaysOn {
  const target = `${component} ${quoted(worker)}`;
  return {
    fork:
      lastFitting === undefined
        ? undefined
        : `npx golem-kit fork ${target} ${quoted(`${worker}-fork`)} --at ${lastFitting} --update`,
    anew: `npx golem-kit anew ${target}`,
  };
}

/** A name as a shell takes it. */
function quoted(name: string): string {
  return /^[\w.:/-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}
