import {
  getSelfMetadata,
  getWorkerMetadata,
  GetWorkers,
  resolveComponentId,
  resolveWorkerId,
  resolveWorkerIdStrict,
  type WorkerAnyFilter,
  type WorkerId,
  type WorkerMetadata,
} from "golem:api/host@1.1.0";

import type { Worker } from "kit:tour-exports/raw";

import { journalled } from "../durability/journalled.ts";

/** A worker of this component. */
export function siblingId(workerName: string): WorkerId {
  const { componentId } = getSelfMetadata().workerId;
  return { componentId, workerName };
}

export function self(): Worker {
  return journalled("tour::self", () => describe(getSelfMetadata()));
}

export function metadata(name: string): Worker | undefined {
  const found = journalled("tour::metadata", () => {
    const known = getWorkerMetadata(siblingId(name));
    return known ? describe(known) : null;
  });
  return found ?? undefined;
}

export function workers(prefix: string): string[] {
  return journalled("tour::workers", () => list(prefix));
}

function list(prefix: string): string[] {
  const { componentId } = getSelfMetadata().workerId;
  const filter: WorkerAnyFilter = {
    filters: [{ filters: [{ tag: "name", val: { comparator: "like", value: prefix } }] }],
  };
  using getter = new GetWorkers(componentId, filter, true);
  const names: string[] = [];
  for (let page = getter.getNext(); page !== undefined; page = getter.getNext()) {
    names.push(...page.map(({ workerId }) => workerId.workerName));
  }
  return names;
}

export function resolve(component: string, worker: string): [boolean, boolean, boolean] {
  return [
    resolveComponentId(component) !== undefined,
    resolveWorkerId(component, worker) !== undefined,
    resolveWorkerIdStrict(component, worker) !== undefined,
  ];
}

function describe({ workerId, componentVersion, status }: WorkerMetadata): Worker {
  return { name: workerId.workerName, componentVersion: Number(componentVersion), status };
}
