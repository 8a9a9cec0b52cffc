import { createHash } from "node:crypto";

import type { WorkerId } from "../api.ts";
import { PARTITION_COUNT } from "../storage/data-directory.ts";

/** The partition that holds a worker: the same for ever. */
export function partitionOf({ componentId, workerName }: WorkerId): number {
  return (
    createHash("sha256").update(`${componentId}/${workerName}`).digest().readUInt32BE() % PARTITION_COUNT
  );
}
