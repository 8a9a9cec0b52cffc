import type { WorkerId } from "../ground/api/worker-id.ts";
import { PARTITION_COUNT } from "./data-directory.ts";

/** The partition that holds a worker: the same for ever (FNV-1a of its id). */
export function partitionOf({ componentId, workerName }: WorkerId): number {
  let hash = 0x811c9dc5;
  for (const text of [componentId, "/", workerName]) {
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % PARTITION_COUNT;
}
