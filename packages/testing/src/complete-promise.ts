import { GolemError } from "@golem-kit/host";
import { promiseIndex } from "./promise-index.ts";
import type { TestHost } from "./test-host.ts";
import type { TitledWorker } from "./titled-worker.ts";

/**
 * Completes a promise of a worker. Whoever waits for it has seen that when this resolves.
 *
 * @param promise `component/worker/index`, or the index alone
 * @returns false if it was completed before
 * @throws Error with the promises that there are, if it is none of them
 */
export async function completePromise(
  host: TestHost,
  worker: TitledWorker,
  promise: string | bigint | number,
  data: Uint8Array,
): Promise<boolean> {
  const index = promiseIndex(worker, promise);
  try {
    return await host.workers.completePromise(worker.id, index, data);
  } catch (error) {
    if (!(error instanceof GolemError) || error.detail.type !== "PromiseNotFound") throw error;
    throw unknownPromise(worker, index, host.simulation.promises(worker.id), error);
  }
}

function unknownPromise(
  { title }: TitledWorker,
  index: number,
  known: readonly number[],
  cause: GolemError,
): Error {
  const made = known.length === 0 ? "it has made none" : `it has made ${known.join(", ")}`;
  return new Error(
    `${title} has no promise ${index}: up to now ${made}. It may not have come to that yet. ` +
      "What to do: give the id that the worker hands on, and let it come so far: await host.simulation.settled()",
    { cause },
  );
}
