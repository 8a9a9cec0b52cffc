import { durable } from "@golem-kit/sdk/durability";
import {
  resolveComponent,
  resolveExistingWorker,
  resolveWorker,
  self as ownMetadata,
  where,
  workerMetadata,
  workers as allWorkers,
  type WorkerAddress,
  type WorkerInfo,
} from "@golem-kit/sdk/worker";

import type { Worker } from "kit:tour-exports/sdk";

/** A worker of this component. */
export function sibling(workerName: string): WorkerAddress {
  const { componentId } = ownMetadata();
  return { componentId, workerName };
}

// What is as of now is recorded: a replay sees the same.
export function self(): Promise<Worker> {
  return durable("self", null, () => describe(ownMetadata()));
}

export async function metadata(name: string): Promise<Worker | undefined> {
  const found = await durable("metadata", name, () => {
    const known = workerMetadata(sibling(name));
    return known === undefined ? null : describe(known);
  });
  return found ?? undefined;
}

export function workers(prefix: string): Promise<string[]> {
  const { componentId } = ownMetadata();
  const found = where.name.startsWith(prefix);
  return durable("workers", prefix, () =>
    Array.fromAsync(allWorkers(componentId, found, { precise: true }), ({ workerName }) => workerName),
  );
}

export function resolve(component: string, worker: string): [boolean, boolean, boolean] {
  return [
    resolveComponent(component) !== undefined,
    resolveWorker(component, worker) !== undefined,
    resolveExistingWorker(component, worker) !== undefined,
  ];
}

function describe({ workerName, componentVersion, status }: WorkerInfo): Worker {
  return { name: workerName, componentVersion: Number(componentVersion), status };
}
