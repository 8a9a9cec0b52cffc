import type { Component } from "@golem-kit/host";
import type { GolemClient } from "./golem-client.ts";

/** Milliseconds that a server may take to compile a component. */
const PATIENCE = 290_000;

/**
 * Resolves when the first call of a component will not wait: when the server has compiled it and can make instances of it.
 * A worker is made for that, and removed; it calls none of the component's functions.
 *
 * @throws RestError if no instance can be made; UserError if that takes longer than 290 s
 */
export async function untilReady(client: GolemClient, component: Component): Promise<void> {
  const { componentId } = component.versionedComponentId;
  const worker = { componentId, workerName: `golem-kit-ready-${crypto.randomUUID()}` };
  const patient = client.withTimeout(PATIENCE);
  await patient.createWorker(worker);
  try {
    await patient.lookAtFiles(worker);
  } finally {
    await patient.deleteWorker(worker);
  }
}
