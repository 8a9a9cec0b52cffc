import {
  awaitPromise,
  completePromise,
  createPromise,
  deletePromise,
  getSelfMetadata,
  pollPromise,
  type PromiseId,
} from "golem:api/host@1.1.0";

import { siblingId } from "../workers/raw.ts";

export function ask(): bigint {
  return createPromise().oplogIdx;
}

export function awaitAnswer(promise: bigint): string {
  return new TextDecoder().decode(awaitPromise(own(promise)));
}

export function pollAnswer(promise: bigint): string | undefined {
  const bytes = pollPromise(own(promise));
  return bytes && new TextDecoder().decode(bytes);
}

export function answer(worker: string, promise: bigint, text: string): boolean {
  return completePromise({ workerId: siblingId(worker), oplogIdx: promise }, new TextEncoder().encode(text));
}

export function withdraw(promise: bigint): void {
  deletePromise(own(promise));
}

function own(oplogIdx: bigint): PromiseId {
  return { workerId: getSelfMetadata().workerId, oplogIdx };
}
