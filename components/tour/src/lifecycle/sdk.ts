import { forkWorker, revertWorker, updateWorker } from "@golem-kit/sdk/worker";

import { sibling } from "../workers/sdk.ts";

export function update(name: string, version: bigint): void {
  updateWorker(sibling(name), version);
}

export function updateBySnapshot(name: string, version: bigint): void {
  updateWorker(sibling(name), version, "snapshot-based");
}

export function fork(source: string, target: string, cutOff: bigint): void {
  forkWorker(sibling(source), sibling(target), cutOff);
}

export function revert(name: string, invocations: bigint): void {
  revertWorker(sibling(name), { lastInvocations: invocations });
}
