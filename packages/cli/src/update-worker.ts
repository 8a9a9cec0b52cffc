import type { UpdateMode, UpdateRecord, WorkerMetadata } from "@golem-kit/host";
import { setTimeout as delay } from "node:timers/promises";
import type { GolemClient } from "./rest/golem-client.ts";

/** What a worker is updated to, and how. */
export interface Update {
  readonly version: number;
  readonly mode: UpdateMode;
  /** Seconds that are waited for what comes of it. */
  readonly wait: number;
}

/** What came of an update. */
export type UpdateOutcome =
  | { readonly status: "updated" | "later" }
  | { readonly status: "stays"; readonly reason: string };

/** Milliseconds between two looks at a worker that is being updated. */
const LOOK_INTERVAL = 100;

/**
 * Asks for an update of one worker, and waits for what comes of it.
 *
 * @param metadata what the worker was before
 * @throws RestError, UserError
 */
export async function updateWorker(
  client: GolemClient,
  metadata: WorkerMetadata,
  { version, mode, wait }: Update,
): Promise<UpdateOutcome> {
  await client.updateWorker(metadata.workerId, mode, version);
  const record = await settled(client, metadata, version, wait);
  if (record?.type === "failedUpdate")
    return { status: "stays", reason: record.details ?? "the server does not say why" };
  return { status: record === undefined ? "later" : "updated" };
}

/** The record of the latest update to a version; `undefined` if it is not over in time. */
async function settled(
  client: GolemClient,
  metadata: WorkerMetadata,
  version: number,
  wait: number,
): Promise<UpdateRecord | undefined> {
  const before = metadata.updates.filter(isOver).length;
  const end = performance.now() + wait * 1000;
  for (;;) {
    const { updates } = await client.worker(metadata.workerId);
    const over = updates.filter(isOver);
    const last = over.at(-1);
    if (over.length > before && last?.targetVersion === version) return last;
    if (performance.now() >= end) return undefined;
    await delay(LOOK_INTERVAL);
  }
}

function isOver({ type }: UpdateRecord): boolean {
  return type !== "pendingUpdate";
}
