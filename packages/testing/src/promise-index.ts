import type { TitledWorker } from "./titled-worker.ts";

/**
 * The index of a worker's promise.
 *
 * @param promise `component/worker/index`, or the index alone
 * @throws Error if it is none, or another worker's
 */
export function promiseIndex(
  { id: { componentId, workerName }, title }: TitledWorker,
  promise: string | bigint | number,
): number {
  const prefix = `${componentId}/${workerName}/`;
  const text = String(promise);
  const digits = text.startsWith(prefix) ? text.slice(prefix.length) : text;
  const index = Number(digits);
  if (!/^\d+$/.test(digits) || !Number.isSafeInteger(index)) {
    throw new Error(
      `"${text}" is no promise of ${title}: give the id that its SDK gives, ${prefix}7, or the index alone, 7`,
    );
  }
  return index;
}
