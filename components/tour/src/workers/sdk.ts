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

// Of a worker's own metadata Golem records nothing: a replay would see what is then.
export function self(): Promise<Worker> {
  return durable("self", null, () => describe(ownMetadata()));
}

export function metadata(name: string): Worker | undefined {
  const found = workerMetadata(sibling(name));
  return found && describe(found);
}

export function workers(prefix: string): Promise<string[]> {
  const { componentId } = ownMetadata();
  const found = allWorkers(componentId, where.name.startsWith(prefix), { precise: true });
  return Array.fromAsync(found, ({ workerName }) => workerName);
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
