import { forkWorker, revertWorker, updateWorker } from "golem:api/host@1.1.0";

import { siblingId } from "../workers/raw.ts";

export function update(name: string, version: bigint): void {
  const workerId = siblingId(name);
  updateWorker(workerId, version, "automatic");
}

export function updateBySnapshot(name: string, version: bigint): void {
  updateWorker(siblingId(name), version, "snapshot-based");
}

export function fork(source: string, target: string, cutOff: bigint): void {
  forkWorker(siblingId(source), siblingId(target), cutOff);
}

export function revert(name: string, invocations: bigint): void {
  revertWorker(siblingId(name), { tag: "revert-last-invocations", val: invocations });
}
