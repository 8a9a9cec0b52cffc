import {
  awaitPromise,
  completePromise,
  createPromise,
  deletePromise,
  getSelfMetadata,
  pollPromise,
  type PromiseId,
} from "golem:api/host@1.1.6";
import { put } from "./keyvalue-steps.ts";
import type { Steps } from "./step.ts";
import { toBytes, toText } from "./text.ts";

const created = new Map<string, PromiseId>();

function known(name: string): PromiseId {
  const promise = created.get(name);
  if (promise === undefined) throw new Error(`No promise ${name} was created`);
  return promise;
}

export const promiseSteps: Steps = {
  "promise.create": (name: string) => {
    const promise = createPromise();
    created.set(name, promise);
    return Number(promise.oplogIdx);
  },
  /** Tells others which promise it is, in the key-value store. */
  "promise.publish": (name: string, bucket: string, key: string) =>
    put(bucket, key, String(known(name).oplogIdx)),
  "promise.await": (name: string) => toText(awaitPromise(known(name))),
  "promise.poll": (name: string) => {
    const data = pollPromise(known(name));
    return data && toText(data);
  },
  "promise.complete": (name: string, text: string) => completePromise(known(name), toBytes(text)),
  "promise.delete": (name: string) => deletePromise(known(name)),
  /** A promise of another worker of this component. */
  "promise.complete-of": (workerName: string, oplogIdx: number, text: string) => {
    const { componentId } = getSelfMetadata().workerId;
    const promise = { workerId: { componentId, workerName }, oplogIdx: BigInt(oplogIdx) };
    return completePromise(promise, toBytes(text));
  },
};
