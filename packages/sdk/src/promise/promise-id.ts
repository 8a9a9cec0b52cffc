import type { PromiseId } from "golem:api/host@1.1.6";

import { describeValue } from "../describe-value.ts";
import { fromWorkerId, toWorkerId } from "../worker/address.ts";
import { PromiseError } from "./promise-error.ts";

const ID = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/([^/\s]+)\/(\d+)$/i;
const LARGEST_INDEX = 2n ** 64n - 1n;

/** `component/worker/index`, as Golem writes it. */
export function promiseIdToText({ workerId, oplogIdx }: PromiseId): string {
  const { componentId, workerName } = fromWorkerId(workerId);
  return `${componentId}/${workerName}/${oplogIdx}`;
}

/** @throws PromiseError `promise-id` */
export function promiseIdFromText(text: string): PromiseId {
  const [, componentId, workerName, digits] = ID.exec(text) ?? [];
  if (componentId !== undefined && workerName !== undefined && digits !== undefined) {
    const oplogIdx = BigInt(digits);
    if (oplogIdx <= LARGEST_INDEX) return { workerId: toWorkerId({ componentId, workerName }), oplogIdx };
  }
  throw new PromiseError({
    code: "promise-id",
    operation: "openPromise",
    message: `${describeValue(text)} is not the id of a promise. It is the component's UUID, the worker's name and an index: 6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a/o-1/7.`,
  });
}
