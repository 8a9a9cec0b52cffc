import { NetworkPolicy } from "../ground/network/network-policy.ts";
import { v5 } from "../ground/uuid.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import type { RpcCaller } from "../interfaces/rpc/rpc-caller.ts";
import type { WorkerDirectory } from "../interfaces/worker-directory.ts";
import type { Journal } from "../journal/journal.ts";
import { workerMetadata } from "../journal/worker-metadata.ts";

/** Ids of components that nobody knows here are derived from their names in it. */
const NAMES = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

/** A program that is replayed alone does something that is not recorded, and for which there would have to be a platform. */
class NobodyOutsideError extends Error {
  override readonly name = "NobodyOutsideError" as const;

  constructor(what: string, remedy = "Here there is nobody to do it with: look at what comes before it.") {
    super(`The program ${what}. Golem does not record that, so that a replay does it again. ${remedy}`);
  }
}

/**
 * The workers that a program which is replayed alone may know: itself. What it asks of others is not recorded; as far as it
 * records the answer itself, by a durable step, that is what counts. So there is nobody else.
 *
 * @param promises what promises were completed with, by oplog index
 */
export function onlyItself(
  id: WorkerId,
  { state }: Journal,
  promises: ReadonlyMap<number, Uint8Array>,
): WorkerDirectory {
  const nobody = (what: string) => (): never => {
    throw new NobodyOutsideError(what);
  };
  return {
    self: () => workerMetadata(id, state),
    metadata: () => Promise.resolve(undefined),
    list: () => Promise.resolve({ workers: [], cursor: null }),
    oplog: () => Promise.resolve({ entries: [], next: null, firstIndexInChunk: 0, lastIndex: 0 }),
    fork: nobody("forks a worker"),
    update: nobody("updates a worker"),
    revert: nobody("reverts a worker"),
    resolveComponent: componentIdOf,
    assertAwaitedAgain: () => undefined,
    noteLook: () => undefined,
    lookedAt: () => undefined,
    promise: ({ oplogIdx }) => {
      const data = promises.get(oplogIdx);
      if (data !== undefined) return { state: "completed", data };
      throw new NobodyOutsideError(
        `waits for the promise ${oplogIdx} by await-promise`,
        `What to do: say what the promise was completed with, by --promise ${oplogIdx}=<text>.`,
      );
    },
    createPromise: () => undefined,
    deletePromise: () => undefined,
    awaitPromise: () => undefined,
    completePromise: nobody("completes a promise"),
  };
}

/** Remote calls of a program that is replayed alone: what they were answered is recorded. */
export function nobodyToCall(id: WorkerId): RpcCaller {
  const nobody = (): never => {
    throw new NobodyOutsideError("calls another worker");
  };
  return {
    caller: { workerId: id, args: [], env: {} },
    resolveComponent: componentIdOf,
    invokeAndAwait: nobody,
    invoke: nobody,
    schedule: nobody,
    cancelScheduled: nobody,
  };
}

/** What is recorded of a remote call has not the id of the component that it goes to. */
function componentIdOf(name: string): string {
  return v5(name, NAMES);
}

/** The network of a program that is replayed alone: its sockets are not recorded, its HTTP requests are. */
export class NoNetwork extends NetworkPolicy {
  constructor() {
    super([]);
  }

  override permits(): never {
    throw new NobodyOutsideError("uses a socket");
  }
}
