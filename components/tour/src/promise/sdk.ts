import { identity } from "@golem-kit/sdk/env";
import { textCodec } from "@golem-kit/sdk/keyvalue";
import { createPromise, openPromise, type DurablePromise } from "@golem-kit/sdk/promise";

export function ask(): bigint {
  const { id } = createPromise({ codec: textCodec });
  return BigInt(id.slice(id.lastIndexOf("/") + 1));
}

export function awaitAnswer(promise: bigint): Promise<string> {
  return promiseOf(identity().workerName, promise).await();
}

export function pollAnswer(promise: bigint): Promise<string | undefined> {
  return promiseOf(identity().workerName, promise).poll();
}

export function answer(worker: string, promise: bigint, text: string): Promise<boolean> {
  return promiseOf(worker, promise).complete(text);
}

export function withdraw(promise: bigint): void {
  promiseOf(identity().workerName, promise).delete();
}

function promiseOf(worker: string, promise: bigint): DurablePromise<string> {
  return openPromise(`${identity().componentId}/${worker}/${promise}`, { codec: textCodec });
}
