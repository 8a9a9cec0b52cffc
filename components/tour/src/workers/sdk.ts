import { durable } from "@golem-kit/sdk/durability";
import { self as ownMetadata, workerMetadata, type WorkerInfo } from "@golem-kit/sdk/worker";

import type { Worker } from "kit:tour-exports/sdk";

// Metadata are as of now: recorded, a replay sees the same.
export function self(): Promise<Worker> {
  return durable("self", null, () => describe(ownMetadata()));
}

export async function metadata(name: string): Promise<Worker | undefined> {
  const found = await durable("metadata", name, () => {
    const known = workerMetadata({ componentId: ownMetadata().componentId, workerName: name });
    return known === undefined ? null : describe(known);
  });
  return found ?? undefined;
}

function describe({ workerName, componentVersion, status }: WorkerInfo): Worker {
  return { name: workerName, componentVersion: Number(componentVersion), status };
}
